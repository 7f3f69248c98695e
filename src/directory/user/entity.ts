import { sql } from 'kysely';
import { accountUsableAt, groupsOf, ledger, liveAt } from '../../grants/index.ts';
import type { AdvancedQueries, EntitySet, Navigation, Property, Row, Sql } from '../../graph/declaration.ts';
import { absent, bool, collectionOf, complex, guid, instant, manyOf, one, text } from '../../graph/properties.ts';
import * as elsewhere from '../elsewhere/entity.ts';
import { readableBy } from '../object/entity.ts';
import { sponsorsOf } from '../sponsor/store.ts';
import { extensionAttributes, listAttributes, textAttributes } from './model.ts';
import { columnOf } from './store.ts';

const later = { onlyOnSelect: true } as const;
const allExtensions = sql.lit(JSON.stringify(Object.fromEntries(extensionAttributes.map((name) => [name, null]))));

/** What Graph gives of a user without `$select`. */
const byDefault: ReadonlySet<string> = new Set([
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
]);

const texts: Readonly<Record<string, Property>> = Object.fromEntries(
  textAttributes.map((name) => [name, text(columnOf(name), byDefault.has(name) ? {} : later)]),
);

const lists: Readonly<Record<string, Property>> = Object.fromEntries(
  listAttributes.map((name) => [
    name,
    collectionOf(text(''), (row) => sql`to_jsonb(${row(columnOf(name))})`, byDefault.has(name) ? {} : later),
  ]),
);

const properties: EntitySet['properties'] = {
  businessPhones: list('businessPhones'),
  displayName: text('display_name', { neverNull: true }),
  ...texts,
  userPrincipalName: text('user_principal_name', { neverNull: true }),
  id: guid('id'),
  ...lists,
  accountEnabled: bool(
    (row, { now }) => sql`coalesce(${row('enabled_when_deleted')}, ${accountUsableAt(row('id'), now)})`,
    later,
  ),
  createdDateTime: instant('created_at', { ...later, neverNull: true }),
  deletedDateTime: instant('deleted_at', later),
  employeeHireDate: instant('employee_hire_date', later),
  employeeLeaveDateTime: instant('employee_leave_date_time', later),
  employeeOrgData: complex('employee_org_data', { costCenter: text('costCenter'), division: text('division') }, later),
  onPremisesExtensionAttributes: complex(
    (row) => sql`(${allExtensions}::jsonb || ${row('extension_attributes')})`,
    Object.fromEntries(extensionAttributes.map((name) => [name, text(name)])),
    later,
  ),
  onPremisesSyncEnabled: bool('on_premises_sync_enabled', later),
  onPremisesLastSyncDateTime: absent('dateTimeOffset', later),
  securityIdentifier: text('security_identifier', later),
  showInAddressList: bool('show_in_address_list', later),
  assignedLicenses: elsewhere.assignedLicenses,
  assignedPlans: elsewhere.assignedPlans,
  provisionedPlans: elsewhere.provisionedPlans,
  identities: collectionOf(
    complex('', { signInType: text('signInType'), issuer: text('issuer'), issuerAssignedId: text('issuerAssignedId') }),
    (row) =>
      sql`jsonb_build_array(jsonb_build_object('signInType', 'userPrincipalName',
        'issuer', split_part(${row('user_principal_name')}, '@', 2), 'issuerAssignedId', ${row('user_principal_name')}))`,
    later,
  ),
  externalUserState: absent('string', later),
  isResourceAccount: absent('boolean', later),
  lastPasswordChangeDateTime: absent('dateTimeOffset', later),
  legalAgeGroupClassification: absent('string', later),
  passwordProfile: absent('json', later),
  // Of licences, directories on premises and sign-ins elsewhere, which Sallyport knows nothing of.
  ageGroup: absent('string', later),
  authorizationInfo: elsewhere.authorizationInfo,
  consentProvidedForMinor: absent('string', later),
  creationType: absent('string', later),
  externalUserStateChangeDateTime: absent('dateTimeOffset', later),
  imAddresses: collectionOf(text(''), () => sql`'[]'::jsonb`, later),
  isManagementRestricted: absent('boolean', later),
  licenseAssignmentStates: elsewhere.licenseAssignmentStates,
  onPremisesDistinguishedName: absent('string', later),
  onPremisesDomainName: absent('string', later),
  onPremisesImmutableId: absent('string', later),
  ...elsewhere.provisioningErrors(false),
  onPremisesUserPrincipalName: absent('string', later),
  preferredDataLocation: absent('string', later),
  proxyAddresses: collectionOf(text(''), () => sql`'[]'::jsonb`, later),
  signInActivity: elsewhere.signInActivity,
  signInSessionsValidFromDateTime: absent('dateTimeOffset', later),
};

function list(name: string): Property {
  return collectionOf(text(''), (row) => sql`to_jsonb(${row(columnOf(name))})`);
}

/** SQL: whether `child` is the manager of `parent` now. */
function managedBy(user: Row, manager: Row): Sql {
  return sql`exists (select 1 from user_manager as history where history.user_id = ${user('id')}
    and history.manager_id = ${manager('id')} and history.valid_to is null)`;
}

/** SQL: the ids of those whose manager the user is now. */
function reportsOf(user: Row): Sql {
  return sql`(select history.user_id from user_manager as history
    where history.manager_id = ${user('id')} and history.valid_to is null)`;
}

/** Groups and roles that a principal has directly. */
export const memberOf: Navigation = manyOf(
  'directoryObjects',
  (parent, { now }) => sql`(select held.privilege_id from ${ledger} as held
    where held.principal_id = ${parent('id')} and held.mode = 'active'
      and held.privilege_kind in ('group-member', 'role') and ${liveAt('held', now)})`,
);

/** Groups and roles that a principal has directly or through groups. */
export const transitiveMemberOf: Navigation = {
  ...manyOf(
    'directoryObjects',
    (parent, { now }) => sql`(with own as (select above.group_id from ${groupsOf(parent('id'), now)} as above)
      select own.group_id from own
      union all select held.privilege_id from ${ledger} as held
        where held.privilege_kind = 'role' and held.mode = 'active' and ${liveAt('held', now)}
          and held.principal_id in (select own.group_id from own union all select ${parent('id')}))`,
  ),
  leadsToFew: true,
};

/** Groups that a principal owns. */
export const ownedObjects: Navigation = manyOf(
  'directoryObjects',
  (parent, { now }) => sql`(select held.privilege_id from ${ledger} as held
    where held.principal_id = ${parent('id')} and held.mode = 'active'
      and held.privilege_kind = 'group-owner' and ${liveAt('held', now)})`,
);

/** Source: https://learn.microsoft.com/graph/aad-advanced-queries, the tables of user properties. */
const advanced: AdvancedQueries = {
  sortable: ['displayName', 'userPrincipalName'],
  filtered: [
    'assignedPlans',
    'companyName',
    'createdDateTime',
    'employeeHireDate',
    'employeeOrgData',
    'employeeType',
    'faxNumber',
    'mobilePhone',
    'officeLocation',
    'onPremisesExtensionAttributes',
    'onPremisesSamAccountName',
    'passwordProfile',
    'postalCode',
    'preferredLanguage',
    'provisionedPlans',
    'showInAddressList',
    'streetAddress',
  ],
  missing: [
    'city',
    'country',
    'department',
    'displayName',
    'employeeId',
    'givenName',
    'jobTitle',
    'mail',
    'mailNickname',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'passwordPolicies',
    'state',
    'surname',
    'usageLocation',
    'userType',
  ],
};

const readable = readableBy('user.read');

const from = (): Sql => sql`(select * from directory_user where deleted_at is null)`;

/** `/users`. */
export const users: EntitySet = {
  name: 'users',
  type: 'microsoft.graph.user',
  from,
  alternateKeys: ['userPrincipalName'],
  properties,
  navigation: {
    manager: one('managers', (parent, child) => managedBy(parent, child)),
    sponsors: manyOf('directoryObjects', (parent) => sponsorsOf(parent('id'))),
    directReports: manyOf('directoryObjects', (parent) => reportsOf(parent)),
    memberOf,
    transitiveMemberOf,
    ownedObjects,
  },
  ...readable,
  searchable: ['displayName', 'userPrincipalName', 'mail', 'givenName', 'surname', 'otherMails'],
  advanced,
  order: 'displayName',
};

/** Managers: users, with their type written, because Graph speaks of a directory object. `$levels` follows them. */
export const managers: EntitySet = { ...users, name: 'managers', writesType: true };

/** Users who are deleted and can be restored. Their names are free again: Graph puts the id before theirs. */
export const deletedUsers: EntitySet = {
  ...users,
  name: 'deletedUsers',
  from: ({ now }) => sql`(select * from directory_user where deleted_at > ${now}::timestamptz - interval '720 hours'
    and purged_at is null)`,
  alternateKeys: [],
  properties: {
    ...properties,
    deletedDateTime: instant('deleted_at'),
    userPrincipalName: text((row) => sql`replace(${row('id')}::text, '-', '') || ${row('user_principal_name')}`),
  },
};
