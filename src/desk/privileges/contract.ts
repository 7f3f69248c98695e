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
import { endsBecause, named, possible, privilege, way } from '../holding/contract.ts';

/** A request to be sent to Graph as it is, with what it asks for besides. */
const sendable = shape({
  /** `/v1.0/roleManagement/directory/roleAssignmentScheduleRequests` */
  path: required(text()),
  body: required(
    shape({
      action: required(text()),
      principalId: required(guid()),
      roleDefinitionId: guid(),
      directoryScopeId: text(),
      groupId: guid(),
      accessId: enumOf(['member', 'owner']),
    }),
  ),
});

const held = {
  privilege: required(privilege),
  startDateTime: required(instant()),
  endDateTime: required(nullable(instant())),
  endsBecause: required(endsBecause),
  /** All ways to it, that which lasts longest first, of those that need fewest activations. */
  ways: required(listOf(way)),
};

/** What activating would come to now, if it were asked for as long as the rules allow. */
const activation = shape({
  /** Whether a request that brings what is unmet would be taken. */
  isPossible: required(bool()),
  /** What stands in the way whatever the request brings: the refusal that it would meet. */
  blocker: required(
    nullable(shape({ code: required(text()), message: required(text()), target: required(nullable(text())) })),
  ),
  /** What the sign-in or the request has yet to bring. */
  unmet: required(
    listOf(
      shape({
        requirement: required(
          enumOf(['eligibility', 'expiration', 'mfa', 'justification', 'ticket', 'authenticationContext']),
        ),
        code: required(text()),
        /** Entra's name of the rule, or the authentication context (`c1`) to sign in with. */
        detail: required(text()),
      }),
    ),
  ),
  isJustificationRequired: required(bool()),
  isTicketRequired: required(bool()),
  isMfaRequired: required(bool()),
  authenticationContext: required(nullable(text())),
  needsApproval: required(bool()),
  /** How many people could approve it now. */
  approvers: required(int()),
  /** ISO 8601. */
  maximumDuration: required(text()),
  /** When the longest activation from now on would end; null where none is possible. */
  latestEndDateTime: required(nullable(instant())),
  /** The membership that has to be activated before. */
  activateFirst: required(nullable(privilege)),
  /** The caller's own activation that waits for an approval. */
  pendingRequest: required(nullable(shape({ id: required(guid()), deadline: required(instant()) }))),
  activateAt: required(sendable),
});

/** Asking an administrator to extend or to renew; what a package gave is extended through its assignment. */
const asking = shape({ ...possible, at: required(sendable) });

const place = shape({
  ...named,
  as: required(enumOf(['member', 'owner'])),
  /** Whether PIM manages the group. */
  isManaged: required(bool()),
  /** Whether it can hold directory roles. */
  isPrivileged: required(bool()),
  startDateTime: required(instant()),
  endDateTime: required(nullable(instant())),
  endsBecause: required(endsBecause),
  ways: required(listOf(way)),
});

/** What `GET /sallyport/privileges` answers. */
export const privilegesAnswer = shape({
  now: required(instant()),
  eligible: required(
    listOf(
      shape({
        ...held,
        /** Whether it is active already, by whatever way, and until when. */
        isActive: required(bool()),
        activeUntil: required(nullable(instant())),
        activation: required(activation),
        extension: required(asking),
      }),
    ),
  ),
  active: required(
    listOf(
      shape({
        ...held,
        /** Whether the caller activated it, or has it without doing anything. */
        assignmentType: required(enumOf(['activated', 'assigned'])),
        deactivation: required(asking),
        extension: required(asking),
      }),
    ),
  ),
  /** What was the caller's own and ended in the last 30 days, as long as it can be renewed. */
  expired: required(
    listOf(
      shape({
        privilege: required(privilege),
        mode: required(enumOf(['eligible', 'active'])),
        startDateTime: required(instant()),
        endDateTime: required(instant()),
        endsBecause: required(endsBecause),
        accessPackage: required(nullable(shape(named))),
        renewal: required(asking),
      }),
    ),
  ),
  /** Groups, under PIM or not. */
  groups: required(
    shape({ owned: required(listOf(place)), member: required(listOf(place)), eligible: required(listOf(place)) }),
  ),
});

export type Privileges = Static<typeof privilegesAnswer>;
export type EligiblePrivilege = Privileges['eligible'][number];
export type ActivePrivilege = Privileges['active'][number];
export type ExpiredPrivilege = Privileges['expired'][number];
export type HeldGroup = Privileges['groups']['owned'][number];
export type Sendable = EligiblePrivilege['activation']['activateAt'];
