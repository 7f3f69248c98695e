import {
  bool,
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';

const named = { id: required(guid()), displayName: required(text()) };

/** Why a package is suggested: enough people who are like the caller have or asked for it, or the caller had it. */
export const suggestionReasons = ['sameManager', 'sameJobTitle', 'heldBefore'] as const;

/** How assignments end by a policy. */
export const expiration = shape({
  type: required(enumOf(['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'])),
  /** ISO 8601 */
  duration: required(nullable(text())),
  endDateTime: required(nullable(instant())),
});

/** One entity of `/sallyport/accessPackages`: a package as somebody sees it who may ask for it, waits for it or has it. */
export const offer = shape({
  ...named,
  description: required(nullable(text())),
  catalog: required(shape(named)),
  /** Whether the caller may ask for it by one of `policies`; what stands in the way says `explain`. */
  isRequestable: required(bool()),
  /** Whether the caller may ask for it on behalf of others; of whom, say its `targets`. */
  isForOthers: required(bool()),
  /** What it leads to: directory roles, and groups that hold none. */
  opens: required(
    listOf(shape({ kind: required(enumOf(['role', 'group'])), ...named, isPrivileged: required(bool()) })),
  ),
  /** By which the caller may ask. */
  policies: required(listOf(shape({ ...named, stages: required(int()), expiration: required(expiration) }))),
  isSuggested: required(bool()),
  suggestedBecause: required(
    listOf(
      shape({
        relation: required(enumOf(suggestionReasons)),
        /** So many such people, or more. Null for the caller's own past. */
        atLeast: required(nullable(int())),
      }),
    ),
  ),
  held: required(nullable(shape({ assignmentId: required(guid()), endDateTime: required(nullable(instant())) }))),
  /** The last request about the package for the caller that waits. */
  pendingRequestId: required(nullable(guid())),
});

export type Offer = Static<typeof offer>;
