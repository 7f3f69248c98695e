import { sql } from 'kysely';
import { ledger, liveAt, membersOf } from '../../grants/index.ts';
import type { EntitySet, Property, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { absent, bool, collectionOf, guid, instant, manyOf, text } from '../../graph/properties.ts';
import * as elsewhere from '../elsewhere/entity.ts';
import { readableBy } from '../object/entity.ts';
import { memberOf, transitiveMemberOf } from '../user/entity.ts';

const later = { onlyOnSelect: true } as const;
const none = (element: Property, options = {}): Property => collectionOf(element, () => sql`'[]'::jsonb`, options);

const { onPremisesProvisioningErrors, serviceProvisioningErrors } = elsewhere.provisioningErrors(true);

const properties: EntitySet['properties'] = {
  id: guid('id'),
  deletedDateTime: instant('deleted_at'),
  classification: text('classification'),
  createdDateTime: instant('created_at', { neverNull: true }),
  description: text('description'),
  displayName: text('display_name', { neverNull: true }),
  expirationDateTime: absent('dateTimeOffset'),
  groupTypes: collectionOf(text(''), (row) => sql`to_jsonb(${row('group_types')})`),
  isAssignableToRole: bool('is_assignable_to_role'),
  mail: text('mail'),
  mailEnabled: bool('mail_enabled'),
  mailNickname: text('mail_nickname'),
  membershipRule: text('membership_rule'),
  membershipRuleProcessingState: text('membership_rule_processing_state'),
  onPremisesDomainName: absent('string'),
  onPremisesLastSyncDateTime: absent('dateTimeOffset'),
  onPremisesNetBiosName: absent('string'),
  onPremisesProvisioningErrors,
  onPremisesSamAccountName: absent('string'),
  onPremisesSecurityIdentifier: absent('string'),
  onPremisesSyncEnabled: absent('boolean'),
  preferredDataLocation: text('preferred_data_location'),
  preferredLanguage: text('preferred_language'),
  proxyAddresses: collectionOf(
    text(''),
    (row) =>
      sql`case when ${row('mail')} is null then '[]'::jsonb else jsonb_build_array('SMTP:' || ${row('mail')}) end`,
  ),
  renewedDateTime: instant('created_at'),
  resourceBehaviorOptions: none(text('')),
  resourceProvisioningOptions: none(text('')),
  securityEnabled: bool('security_enabled'),
  securityIdentifier: text('security_identifier'),
  serviceProvisioningErrors,
  theme: text('theme'),
  uniqueName: text('unique_name'),
  visibility: text('visibility'),
  assignedLicenses: elsewhere.assignedLicenses,
  organizationId: text((_row, { tenantId }) => sql`${tenantId}::text`, later),
  isManagementRestricted: absent('boolean', later),
  // Of mailboxes, licences and directories on premises, which Sallyport's groups do not have.
  accessType: absent('string', later),
  allowExternalSenders: absent('boolean', later),
  assignedLabels: elsewhere.assignedLabels,
  autoSubscribeNewMembers: absent('boolean', later),
  hasMembersWithLicenseErrors: absent('boolean', later),
  hideFromAddressLists: absent('boolean', later),
  hideFromOutlookClients: absent('boolean', later),
  infoCatalogs: none(text(''), later),
  isArchived: absent('boolean', later),
  isFavorite: absent('boolean', later),
  isSubscribedByMail: absent('boolean', later),
  licenseProcessingState: elsewhere.licenseProcessingState,
  onPremisesExtensionAttributes: absent('json', later),
  unseenConversationsCount: absent('int32', later),
  unseenCount: absent('int32', later),
  unseenMessagesCount: absent('int32', later),
  welcomeMessageEnabled: absent('boolean', later),
};

/** SQL: the ids of those who have a place in the group now. */
function placed(kind: 'group-member' | 'group-owner') {
  return (parent: Row, { now }: ReadContext): Sql => sql`(select held.principal_id from ${ledger} as held
    where held.privilege_id = ${parent('id')} and held.mode = 'active'
      and held.privilege_kind = ${sql.lit(kind)} and ${liveAt('held', now)})`;
}

/** `/groups`. */
export const groups: EntitySet = {
  name: 'groups',
  type: 'microsoft.graph.group',
  from: () => sql`(select * from directory_group where deleted_at is null)`,
  alternateKeys: ['uniqueName'],
  properties,
  navigation: {
    members: manyOf('directoryObjects', placed('group-member')),
    owners: manyOf('directoryObjects', placed('group-owner')),
    transitiveMembers: manyOf(
      'directoryObjects',
      (parent, { now }) => sql`(select inside.principal_id from ${membersOf(parent('id'), now)} as inside)`,
    ),
    memberOf,
    transitiveMemberOf,
  },
  ...readableBy('group.read'),
  searchable: ['displayName', 'description', 'mail', 'mailNickname'],
  // Source: https://learn.microsoft.com/graph/aad-advanced-queries, the tables of group properties.
  advanced: {
    sortable: ['displayName'],
    filtered: ['description', 'expirationDateTime', 'onPremisesSamAccountName', 'preferredLanguage'],
    missing: ['displayName', 'mail', 'mailNickname', 'onPremisesSecurityIdentifier', 'onPremisesSyncEnabled'],
  },
  order: 'displayName',
};

/** Groups that are deleted and can be restored. */
export const deletedGroups: EntitySet = {
  ...groups,
  name: 'deletedGroups',
  from: ({ now }) => sql`(select * from directory_group where deleted_at > ${now}::timestamptz - interval '720 hours'
    and purged_at is null)`,
  alternateKeys: [],
};
