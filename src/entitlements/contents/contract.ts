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
import { expiration } from '../offer/contract.ts';

const named = { id: required(guid()), displayName: required(text()) };
const thing = { ...named, isPrivileged: required(bool()) };

/** What activating takes, by the rules in force. */
const activation = shape({
  /** ISO 8601 */
  maximumDuration: required(text()),
  isMfaRequired: required(bool()),
  isJustificationRequired: required(bool()),
  isTicketRequired: required(bool()),
  authenticationContext: required(nullable(text())),
  needsApproval: required(bool()),
});

/** What is opened, by a package or by an activation: group → role. */
export const opened = listOf(
  shape({
    /** What of the resource the package gives: the first four of a group, the last two of a role. */
    as: required(enumOf(['member', 'owner', 'eligibleMember', 'eligibleOwner', 'eligible', 'active'])),
    resource: required(shape({ kind: required(enumOf(['group', 'role'])), ...thing })),
    /** How many activations until the membership, or the role, is active: 0 or 1. */
    activationsNeeded: required(int()),
    activation: required(nullable(activation)),
    /** The roles that the group holds. */
    leadsTo: required(
      listOf(
        shape({
          /** How the group holds the role. */
          mode: required(enumOf(['eligible', 'active'])),
          role: required(shape(thing)),
          /** When the group ceases to hold it. */
          endDateTime: required(nullable(instant())),
          /** How many activations until the role is active, that of the membership included: 0 to 2. */
          activationsNeeded: required(int()),
          /** What activating the role takes; null where it is active with the membership. */
          activation: required(nullable(activation)),
        }),
      ),
    ),
  }),
);

/** What `GET /sallyport/accessPackages/{id}/contents` answers. */
export const contentsAnswer = shape({
  accessPackage: required(shape({ ...named, description: required(nullable(text())) })),
  /** Of whoever may ask those by which they may, of whoever reads the catalog all. */
  policies: required(
    listOf(
      shape({
        ...named,
        /** Whether the caller may ask by it. */
        isForCaller: required(bool()),
        stages: required(int()),
        expiration: required(expiration),
      }),
    ),
  ),
  gives: required(opened),
});

export type PackageContents = Static<typeof contentsAnswer>;
export type Opened = PackageContents['gives'];
