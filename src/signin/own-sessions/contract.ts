import {
  bool,
  enumOf,
  guid,
  instant,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';

/** Browsers in which somebody is signed in, the one that asks first, then the one used last. Instants are real time. */
export const sessionsAnswer = shape({
  value: required(
    listOf(
      shape({
        id: required(guid()),
        /** Whether it is the one that asks. */
        isCurrent: required(bool()),
        /** Who said who it is. */
        provider: required(enumOf(['builtin', 'outside', 'rehearsal'])),
        /** The network address that the sign-in came from; null where it was not kept. */
        ipAddress: required(nullable(text())),
        /** What the browser called itself; null where it did not, or it was not kept. */
        userAgent: required(nullable(text())),
        createdDateTime: required(instant()),
        /** To the minute. */
        lastUsedDateTime: required(instant()),
        /** When it ends however much it is used. */
        expirationDateTime: required(instant()),
      }),
    ),
  ),
});

export type OwnSessions = Static<typeof sessionsAnswer>;
