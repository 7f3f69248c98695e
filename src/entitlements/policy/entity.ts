import { sql } from 'kysely';
import type { EntitySet, Property, Row, Sql } from '../../graph/declaration.ts';
import {
  bool,
  collectionOf,
  complex,
  duration,
  enumeration,
  guid,
  instant,
  int,
  many,
  one,
  text,
} from '../../graph/properties.ts';
import { letsIn, managedPackages, mayBrowse, ownRequests, packageVisible, readsAll } from '../visible/entity.ts';

const notFound = 'ResourceNotFound';
const is = (left: string, right: string) => (parent: Row, child: Row) => sql`${child(right)} = ${parent(left)}`;
const inside = (name: string) => (row: Row) => sql`(${row('document')} -> ${sql.lit(name)})`;
const textInside = (name: string) => (row: Row) => sql`(${row('document')} ->> ${sql.lit(name)})`;

/** Members of `allowedTargetScope`, in Graph's order. */
export const targetScopes = [
  'notSpecified',
  'specificDirectoryUsers',
  'specificConnectedOrganizationUsers',
  'specificDirectoryServicePrincipals',
  'allMemberUsers',
  'allDirectoryUsers',
  'allDirectoryServicePrincipals',
  'allConfiguredConnectedOrganizationUsers',
  'allExternalUsers',
  'allDirectoryAgentIdentities',
] as const;

/** `expirationPattern`, as it is kept. */
export const expirationFields: Readonly<Record<string, Property>> = {
  type: enumeration(['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'], 'type'),
  endDateTime: instant('endDateTime'),
  duration: duration('duration'),
};

const people = () => collectionOf(complex('', { userId: text('userId'), groupId: text('groupId') }), 'people');

const policies: EntitySet = {
  name: 'assignmentPolicies',
  type: 'microsoft.graph.accessPackageAssignmentPolicy',
  from: policiesNow,
  properties: {
    id: guid('id'),
    displayName: text(textInside('displayName')),
    description: text(textInside('description')),
    allowedTargetScope: enumeration(targetScopes, textInside('allowedTargetScope')),
    specificAllowedTargets: collectionOf(
      complex('', { userId: text('userId'), groupId: text('groupId') }),
      inside('specificAllowedTargets'),
    ),
    expiration: complex(inside('expiration'), expirationFields),
    requestorSettings: complex(inside('requestorSettings'), {
      enableTargetsToSelfAddAccess: bool('enableTargetsToSelfAddAccess'),
      enableTargetsToSelfUpdateAccess: bool('enableTargetsToSelfUpdateAccess'),
      enableTargetsToSelfRemoveAccess: bool('enableTargetsToSelfRemoveAccess'),
      allowCustomAssignmentSchedule: bool('allowCustomAssignmentSchedule'),
    }),
    requestApprovalSettings: complex(inside('requestApprovalSettings'), {
      isApprovalRequiredForAdd: bool('isApprovalRequiredForAdd'),
      isApprovalRequiredForUpdate: bool('isApprovalRequiredForUpdate'),
      isRequestorJustificationRequired: bool('isRequestorJustificationRequired'),
      stages: collectionOf(complex('', { primaryApprovers: people() }), 'stages'),
    }),
    automaticRequestSettings: complex(inside('automaticRequestSettings')),
    reviewSettings: complex(inside('reviewSettings'), { isEnabled: bool('isEnabled') }),
    notificationSettings: complex(inside('notificationSettings')),
    createdDateTime: instant('created_at'),
    modifiedDateTime: instant('valid_from'),
  },
  navigation: {
    accessPackage: one('accessPackages', is('package_id', 'id')),
    catalog: one(
      'catalogs',
      (parent, child) => sql`${child('id')} = (select home.catalog_id from access_package as home
        where home.id = ${parent('package_id')})`,
    ),
    questions: { ...many('assignmentPolicyQuestions', isOf), inline: true },
    customExtensionStageSettings: many('customExtensionStageSettings', isOf),
  },
  listable: mayBrowse,
  visible: (row, context) => sql`(${readsAll(context)} or ${letsIn(row, context)}
    or ${row('id')} in (select policy_id from ${ownRequests(context)} as mine)
    or ${row('package_id')} in ${managedPackages(context)})`,
  searchable: ['displayName', 'description'],
  order: 'createdDateTime',
  notFound,
};

/** Policies as they are now: of each version that there was, the last one unless it was deleted. */
function policiesNow(): Sql {
  return sql`(select * from assignment_policy where valid_to is null)`;
}

function isOf(parent: Row, child: Row): Sql {
  return sql`${child('policy_id')} = ${parent('id')} and ${child('valid_from')} = ${parent('valid_from')}`;
}

const textQuestion = '#microsoft.graph.accessPackageTextInputQuestion';
const choiceQuestion = '#microsoft.graph.accessPackageMultipleChoiceQuestion';

function questionsFrom(): Sql {
  return sql`(select (question.value ->> 'id')::uuid as id, policy.id as policy_id, policy.package_id,
      policy.valid_from, question.value as document
    from assignment_policy as policy
    cross join lateral jsonb_array_elements(policy.document -> 'questions') as question(value)
    where policy.valid_to is null)`;
}

const questionProperties: Readonly<Record<string, Property>> = {
  id: guid('id'),
  sequence: int((row) => sql`(${row('document')} ->> 'sequence')::int`),
  isRequired: bool((row) => sql`(${row('document')} ->> 'isRequired')::boolean`),
  isAnswerEditable: bool((row) => sql`(${row('document')} ->> 'isAnswerEditable')::boolean`),
  text: text(textInside('text')),
  localizations: collectionOf(complex('', {}), inside('localizations')),
};

const question = {
  from: questionsFrom,
  visible: (row: Row, context: Parameters<EntitySet['visible']>[1]) => packageVisible(row('package_id'), context),
  order: 'sequence',
  notFound,
};

const questions: readonly EntitySet[] = [
  {
    ...question,
    name: 'assignmentPolicyQuestions',
    type: 'microsoft.graph.accessPackageQuestion',
    properties: questionProperties,
    derived: { [textQuestion]: 'textInputQuestions', [choiceQuestion]: 'multipleChoiceQuestions' },
    typeOf: (row) => sql`(${row('document')} ->> '@odata.type')`,
    writesType: true,
  },
  {
    ...question,
    name: 'textInputQuestions',
    type: 'microsoft.graph.accessPackageTextInputQuestion',
    properties: {
      ...questionProperties,
      isSingleLineQuestion: bool((row) => sql`(${row('document')} ->> 'isSingleLineQuestion')::boolean`),
      regexPattern: text(textInside('regexPattern')),
    },
  },
  {
    ...question,
    name: 'multipleChoiceQuestions',
    type: 'microsoft.graph.accessPackageMultipleChoiceQuestion',
    properties: {
      ...questionProperties,
      isMultipleSelectionAllowed: bool((row) => sql`(${row('document')} ->> 'isMultipleSelectionAllowed')::boolean`),
      choices: collectionOf(complex('', { actualValue: text('actualValue'), text: text('text') }), inside('choices')),
    },
  },
];

/** Custom extensions are refused, so that there are never any. */
const extensions: EntitySet = {
  name: 'customExtensionStageSettings',
  type: 'microsoft.graph.customExtensionStageSetting',
  from: () => sql`(select id, id as policy_id, valid_from from assignment_policy where false)`,
  properties: { id: guid('id') },
  navigation: { customExtension: one('customExtensions', (_parent, child) => sql`${child('id')} is null`) },
  visible: (_row, context) => readsAll(context),
  notFound,
};

const customExtensions: EntitySet = {
  name: 'customExtensions',
  type: 'microsoft.graph.customCalloutExtension',
  from: () => sql`(select null::uuid as id where false)`,
  properties: { id: guid('id') },
  visible: (_row, context) => readsAll(context),
  notFound,
};

/** Policies and their questions. */
export const policySets: readonly EntitySet[] = [policies, ...questions, extensions, customExtensions];

/** `/sallyport/assignmentPolicies`: what Graph has no word for. */
export const ownPolicies: EntitySet = {
  name: 'assignmentPolicies',
  type: 'sallyport.assignmentPolicy',
  from: policiesNow,
  properties: {
    id: guid('id'),
    displayName: text(textInside('displayName')),
    allowsSameApproverInSeveralStages: bool('allows_same_approver'),
    modifiedDateTime: instant('valid_from'),
  },
  listable: mayBrowse,
  visible: policies.visible,
  order: 'displayName',
  notFound,
};
