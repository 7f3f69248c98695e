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
import { endingReasons } from '../model.ts';

/** What `effectiveAccess` is asked with. */
export const accessQuery = shape({
  principalId: guid(),
  privilege: guid(),
  at: instant(),
  after: guid(),
});

const kind = enumOf(['role', 'group-member', 'group-owner', 'entitlement-role']);
const mode = enumOf(['eligible', 'active']);
const named = { id: required(guid()), displayName: required(nullable(text())) };

/** Why an end is where it is. */
const endsBecause = shape({
  reason: required(enumOf(endingReasons)),
  grantId: nullable(guid()),
  /** What binds: the package assignment, or the group or role whose rule it is. */
  boundById: nullable(guid()),
});

/** What `effectiveAccess` answers. */
export const accessAnswer = shape({
  at: required(instant()),
  value: required(
    listOf(
      shape({
        principal: required(shape({ ...named, kind: required(enumOf(['user', 'group', 'app'])) })),
        privilege: required(shape({ ...named, kind: required(kind), scope: required(text()) })),
        mode: required(mode),
        isActive: required(bool()),
        activationsNeeded: required(int()),
        startDateTime: required(instant()),
        endDateTime: required(nullable(instant())),
        endsBecause: required(endsBecause),
        path: required(
          listOf(
            shape({
              grantId: required(guid()),
              privilege: required(shape({ ...named, kind: required(kind), scope: required(text()) })),
              mode: required(mode),
              startDateTime: required(instant()),
              endDateTime: required(nullable(instant())),
              origin: required(enumOf(['assigned', 'rule', 'package', 'activation'])),
              originId: required(text()),
              accessPackage: nullable(shape(named)),
            }),
          ),
        ),
      }),
    ),
  ),
  /** The principal after which to read on; null when this was all. */
  after: required(nullable(guid())),
});

/** Who holds what at an instant. */
export type EffectiveAccess = Static<typeof accessAnswer>;
