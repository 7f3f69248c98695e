import {
  bool,
  enumOf,
  guid,
  int,
  listOf,
  nullable,
  readOnly,
  reference,
  required,
  shape,
  text,
} from '../../graph/schema.ts';
import { boundAtMost } from './decisions.ts';

// The rule's own limit (3072) is checked with its text, with a code of its own.
const ruleText = () => text({ maxLength: 20_000 });
const string = () => nullable(text({ maxLength: 1024 }));

/** What clients read of a group and may send back; it is passed over. */
const ignored = readOnly(
  'id',
  'createdDateTime',
  'deletedDateTime',
  'creationOptions',
  'expirationDateTime',
  'renewedDateTime',
  'mail',
  'proxyAddresses',
  'securityIdentifier',
  'assignedLicenses',
  'onPremisesDomainName',
  'onPremisesLastSyncDateTime',
  'onPremisesNetBiosName',
  'onPremisesProvisioningErrors',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'serviceProvisioningErrors',
  'isManagementRestricted',
);

/** What a mailbox of Exchange has: Sallyport's groups have none, and a change of it is refused by its name. */
const mailbox = {
  allowExternalSenders: nullable(bool()),
  autoSubscribeNewMembers: nullable(bool()),
  hideFromAddressLists: nullable(bool()),
  hideFromOutlookClients: nullable(bool()),
  isSubscribedByMail: nullable(bool()),
  unseenCount: nullable(int()),
};

export const mailboxProperties = Object.keys(mailbox) as readonly (keyof typeof mailbox)[];

const bound = {
  'members@odata.bind': listOf(reference(), { maxItems: boundAtMost }),
  'owners@odata.bind': listOf(reference(), { maxItems: boundAtMost }),
};

const attributes = {
  description: nullable(text({ maxLength: 1024 })),
  groupTypes: listOf(text({ maxLength: 64 }), { maxItems: 8 }),
  membershipRule: nullable(ruleText()),
  membershipRuleProcessingState: nullable(enumOf(['On', 'Paused'])),
  isAssignableToRole: nullable(bool()),
  visibility: nullable(enumOf(['Public', 'Private', 'HiddenMembership'])),
  uniqueName: nullable(text({ minLength: 1, maxLength: 128 })),
  classification: string(),
  theme: string(),
  preferredDataLocation: string(),
  preferredLanguage: string(),
  ...bound,
};

/** `POST /groups`. */
export const newGroupBody = shape(
  {
    ...attributes,
    displayName: required(text({ minLength: 1, maxLength: 256 })),
    mailEnabled: required(bool()),
    mailNickname: required(text({ minLength: 1, maxLength: 64 })),
    securityEnabled: required(bool()),
  },
  { readOnly: ignored },
);

/** `PATCH /groups/{id}`. */
export const groupChangeBody = shape(
  {
    ...attributes,
    ...mailbox,
    displayName: text({ minLength: 1, maxLength: 256 }),
    mailEnabled: bool(),
    mailNickname: text({ minLength: 1, maxLength: 64 }),
    securityEnabled: bool(),
  },
  { readOnly: ignored },
);

/** `POST /groups/{id}/evaluateDynamicMembership` (beta): by the group's rule, or by another. */
export const evaluationBody = shape({ memberId: required(guid()), membershipRule: nullable(ruleText()) });

/** `POST /groups/evaluateDynamicMembership` (beta): by a rule of no group. */
export const ruleEvaluationBody = shape({ memberId: required(guid()), membershipRule: required(ruleText()) });
