import { endingReasons } from '../../grants/index.ts';
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

/** Something with a name. */
export const named = { id: required(guid()), displayName: required(text()) };

/** A role, or a place in a group. */
export const privilege = shape({
  kind: required(enumOf(['role', 'group-member', 'group-owner'])),
  ...named,
  scope: required(text()),
  /** A role that Entra marks as privileged, or a group that can hold roles. */
  isPrivileged: required(bool()),
});

export type HeldPrivilege = Static<typeof privilege>;

/** Why an end is where it is: what ended it early, or what its planned end comes from. */
export const endsBecause = shape({
  reason: required(enumOf(endingReasons)),
  /** The grant that ends first. */
  grantId: required(nullable(guid())),
  /** What binds: the package assignment, or the group or role whose rule it is. */
  boundById: required(nullable(guid())),
});

/** A way from the person to a privilege: memberships, nearest first, then what gives the privilege. */
export const way = shape({
  mode: required(enumOf(['eligible', 'active'])),
  activationsNeeded: required(int()),
  startDateTime: required(instant()),
  endDateTime: required(nullable(instant())),
  endsBecause: required(endsBecause),
  path: required(
    listOf(
      shape({
        grantId: required(guid()),
        privilege: required(
          shape({ kind: required(enumOf(['role', 'group-member', 'group-owner'])), ...named, scope: required(text()) }),
        ),
        mode: required(enumOf(['eligible', 'active'])),
        startDateTime: required(instant()),
        endDateTime: required(nullable(instant())),
        /** `assigned` by an administrator, by a membership `rule`, by a `package`, by an `activation`. */
        origin: required(enumOf(['assigned', 'rule', 'package', 'activation'])),
        /** The request, group, package assignment or eligibility that it came from. */
        originId: required(text()),
        accessPackage: required(nullable(shape(named))),
      }),
    ),
  ),
});

export type HeldWay = Static<typeof way>;

/** Whether something can be done now; if not, why: the refusal that it would meet. */
export const possible = {
  isPossible: required(bool()),
  code: required(nullable(text())),
  message: required(nullable(text())),
};
