import { bool, instant, listOf, nullable, readOnly, reference, required, shape, text } from '../../graph/schema.ts';
import { extensionAttributes, textAttributes } from './model.ts';

const string = () => nullable(text({ maxLength: 1024 }));

/** What clients read of a user and may send back; it is passed over. */
const ignored = readOnly(
  'id',
  'createdDateTime',
  'deletedDateTime',
  'assignedPlans',
  'provisionedPlans',
  'assignedLicenses',
  'identities',
  'isResourceAccount',
  'lastPasswordChangeDateTime',
  'legalAgeGroupClassification',
  'externalUserState',
  'onPremisesLastSyncDateTime',
  'securityIdentifier',
);

const texts = Object.fromEntries(textAttributes.map((name) => [name, string()])) as Record<
  (typeof textAttributes)[number],
  ReturnType<typeof string>
>;
const extensions = Object.fromEntries(extensionAttributes.map((name) => [name, string()]));

const attributes = {
  ...texts,
  businessPhones: listOf(text({ maxLength: 64 }), { maxItems: 1 }),
  otherMails: listOf(text({ maxLength: 250 }), { maxItems: 250 }),
  proxyAddresses: listOf(text({ maxLength: 256 }), { maxItems: 500 }),
  imAddresses: listOf(text({ maxLength: 256 }), { maxItems: 10 }),
  onPremisesSyncEnabled: nullable(bool()),
  showInAddressList: nullable(bool()),
  employeeHireDate: nullable(instant()),
  employeeLeaveDateTime: nullable(instant()),
  employeeOrgData: nullable(shape({ division: string(), costCenter: string() })),
  onPremisesExtensionAttributes: nullable(shape(extensions)),
  // Taken for the clients' sake and not kept: people sign in elsewhere.
  passwordProfile: nullable(
    shape({
      password: nullable(text({ maxLength: 256 })),
      forceChangePasswordNextSignIn: nullable(bool()),
      forceChangePasswordNextSignInWithMfa: nullable(bool()),
    }),
  ),
};

/** `POST /users`. */
export const newUserBody = shape(
  {
    ...attributes,
    accountEnabled: required(bool()),
    displayName: required(text({ minLength: 1, maxLength: 256 })),
    mailNickname: required(text({ minLength: 1, maxLength: 64 })),
    userPrincipalName: required(text({ minLength: 3, maxLength: 113 })),
    'manager@odata.bind': reference(),
  },
  { readOnly: ignored },
);

/** `PATCH /users/{id}`. */
export const userChangeBody = shape(
  {
    ...attributes,
    accountEnabled: bool(),
    displayName: text({ minLength: 1, maxLength: 256 }),
    userPrincipalName: text({ minLength: 3, maxLength: 113 }),
  },
  { readOnly: ignored },
);

/** A reference to one entity: `{ "@odata.id": "https://…/users/{id}" }`. */
export const referenceBody = shape({ '@odata.id': required(reference()) });
