import { sql } from 'kysely';
import { readerMay } from '../../access/index.ts';
import { assignedGroups } from '../../directory/index.ts';
import { groupsOf, holdersAt, ledger, liveAt } from '../../grants/index.ts';
import type { EntitySet, Navigation, Property, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import {
  bool,
  collectionOf,
  complex,
  composed,
  duration,
  guid,
  instant,
  many,
  one,
  text,
} from '../../graph/properties.ts';
import { isId } from '../../kernel/ids.ts';
import { parsePolicyAssignmentId, parsePolicyId } from '../ids.ts';
import { readerId } from '../reading.ts';
import { defaultRuleList } from './defaults.ts';

const policies = () => sql`role_management_policy`;
const no = sql`false`;

function isRole(row: Row): Sql {
  return sql`${row('privilege_kind')} = 'role'`;
}

/**
 * Policies name approvers and conditions: they are for administrators, for the owners of a group, and for those who
 * may activate under them.
 */
function visible(row: Row, context: ReadContext): Sql {
  const forRoles = readerMay('roleManagementPolicy.readForRole', context.reader) ? isRole(row) : no;
  const forGroups = readerMay('roleManagementPolicy.readForGroup', context.reader)
    ? sql`${row('privilege_kind')} <> 'role'`
    : no;
  const me = sql`${readerId(context)}::uuid`;
  return sql`(${forRoles} or ${forGroups} or exists (select 1 from ${holdersAt('group-owner', 'active', context.now)} as owner
      where owner.principal_id = ${me} and owner.privilege_id = ${row('privilege_id')})
    or exists (select 1 from ${ledger} as held where held.privilege_kind = ${row('privilege_kind')}
      and held.privilege_id = ${row('privilege_id')} and ${liveAt('held', context.now)}
      and (held.principal_id = ${me}
        or held.principal_id in (select mine.group_id from ${groupsOf(me, context.now)} as mine))))`;
}

/** Whether somebody reads policies by their office, and not only those that they may activate under. */
function readsSome(context: ReadContext): boolean {
  return (
    readerMay('roleManagementPolicy.readForRole', context.reader) ||
    readerMay('roleManagementPolicy.readForGroup', context.reader)
  );
}

function policyId(row: Row, context: ReadContext): Sql {
  return sql`case when ${isRole(row)} then 'DirectoryRole_' || ${context.tenantId}::text
    else 'Group_' || ${row('privilege_id')}::text end || '_' || ${row('public_id')}::text`;
}

function policyIdEquals(row: Row, literal: string, context: ReadContext): Sql {
  const parsed = parsePolicyId(literal);
  return parsed === null ? no : isPolicy(row, parsed, context);
}

function isPolicy(row: Row, id: NonNullable<ReturnType<typeof parsePolicyId>>, context: ReadContext): Sql {
  const within = id.of === 'role' ? isOwnTenant(row, id.within, context) : isGroup(row, id.within);
  return sql`(${row('public_id')} = ${id.publicId}::uuid and ${within})`;
}

function isOwnTenant(row: Row, tenantId: string, context: ReadContext): Sql {
  return tenantId === context.tenantId ? isRole(row) : no;
}

function isGroup(row: Row, groupId: string): Sql {
  return sql`(${row('privilege_kind')} <> 'role' and ${row('privilege_id')} = ${groupId.toLowerCase()}::uuid)`;
}

function scopeType(row: Row): Sql {
  return sql`case when ${isRole(row)} then 'DirectoryRole' else 'Group' end`;
}

const scope: Readonly<Record<'scopeId' | 'scopeType', Property>> = {
  scopeId: text((row) => sql`case when ${isRole(row)} then '/' else ${row('privilege_id')}::text end`, {
    equals: (row, literal) => (literal === '/' ? isRole(row) : isId(literal) ? isGroup(row, literal) : no),
  }),
  // Older clients say Directory for DirectoryRole.
  scopeType: text(scopeType, {
    equals: (row, literal) =>
      /^directory(role)?$/i.test(literal)
        ? isRole(row)
        : /^group$/i.test(literal)
          ? sql`${row('privilege_kind')} <> 'role'`
          : no,
  }),
};

const roleManagementPolicies: EntitySet = {
  name: 'roleManagementPolicies',
  type: 'microsoft.graph.unifiedRoleManagementPolicy',
  from: policies,
  properties: {
    id: text(policyId, { exact: true, equals: policyIdEquals }),
    displayName: text(scopeType),
    description: text(scopeType),
    isOrganizationDefault: bool(() => no),
    scopeId: scope.scopeId,
    scopeType: scope.scopeType,
    lastModifiedDateTime: instant('modified_at'),
    lastModifiedBy: composed({
      displayName: text('modified_by_name'),
      id: text((row) => sql`${row('modified_by_id')}::text`),
    }),
  },
  navigation: {
    rules: many('roleManagementPolicyRules', ofPolicy()),
    effectiveRules: many('roleManagementPolicyRules', ofPolicy()),
  },
  visible,
  listable: readsSome,
  filterNeeds: [['scopeId'], ['scopeType']],
  notFound: 'RoleManagementPolicyNotFound',
};

function ofPolicy(): Navigation['on'] {
  return (policy, rule) => sql`${rule('policy_id')} = ${policy('id')}`;
}

const roleManagementPolicyAssignments: EntitySet = {
  name: 'roleManagementPolicyAssignments',
  type: 'microsoft.graph.unifiedRoleManagementPolicyAssignment',
  from: policies,
  properties: {
    id: text((row, context) => sql`${policyId(row, context)} || '_' || ${roleDefinitionId(row)}`, {
      exact: true,
      equals: (row, literal, context) => {
        const parsed = parsePolicyAssignmentId(literal);
        if (parsed === null) return no;
        return sql`(${isPolicy(row, parsed, context)} and ${roleDefinitionId(row)} = ${parsed.last}::text)`;
      },
    }),
    policyId: text(policyId, { exact: true, equals: policyIdEquals }),
    roleDefinitionId: text(roleDefinitionId),
    scopeId: scope.scopeId,
    scopeType: scope.scopeType,
  },
  navigation: { policy: one('roleManagementPolicies', (row, policy) => sql`${policy('id')} = ${row('id')}`) },
  visible,
  listable: readsSome,
  filterNeeds: [['scopeId'], ['scopeType']],
  notFound: 'RoleManagementPolicyAssignmentNotFound',
};

function roleDefinitionId(row: Row): Sql {
  return sql`case ${row('privilege_kind')} when 'group-member' then 'member' when 'group-owner' then 'owner'
    else ${row('privilege_id')}::text end`;
}

/** Every rule of every policy, as it is in force at the instant: the change that is, or else the default. */
function rulesInForce({ now }: ReadContext): Sql {
  return sql`(select policy.id as policy_id, policy.privilege_kind, policy.privilege_id,
      preset.rule ->> 'id' as rule_id, coalesce(changed.rule, preset.rule) as rule
    from role_management_policy as policy
    cross join jsonb_array_elements(${JSON.stringify(defaultRuleList)}::jsonb) as preset(rule)
    left join role_management_rule as changed on changed.policy_id = policy.id
      and changed.rule_id = preset.rule ->> 'id' and changed.valid_from <= ${now}::timestamptz
      and coalesce(changed.valid_to > ${now}::timestamptz, true))`;
}

const part = (name: string) => (row: Row) => sql`(${row('rule')} -> ${sql.lit(name)})`;
const word = (name: string) => (row: Row) => sql`(${row('rule')} ->> ${sql.lit(name)})`;
const flag = (name: string) => (row: Row) => sql`(${row('rule')} ->> ${sql.lit(name)})::boolean`;

const ruleBase: Readonly<Record<string, Property>> = {
  id: text('rule_id'),
  target: complex(part('target'), {
    caller: text('caller'),
    operations: collectionOf(text(''), 'operations'),
    level: text('level'),
    inheritableSettings: collectionOf(text(''), 'inheritableSettings'),
    enforcedSettings: collectionOf(text(''), 'enforcedSettings'),
  }),
};

const ruleProperties: Readonly<Record<string, Readonly<Record<string, Property>>>> = {
  Expiration: {
    isExpirationRequired: bool(flag('isExpirationRequired')),
    maximumDuration: duration(word('maximumDuration')),
  },
  Enablement: { enabledRules: collectionOf(text(''), part('enabledRules')) },
  Notification: {
    notificationType: text(word('notificationType')),
    recipientType: text(word('recipientType')),
    notificationLevel: text(word('notificationLevel')),
    isDefaultRecipientsEnabled: bool(flag('isDefaultRecipientsEnabled')),
    notificationRecipients: collectionOf(text(''), part('notificationRecipients')),
  },
  Approval: {
    setting: complex(part('setting'), {
      isApprovalRequired: bool('isApprovalRequired'),
      isApprovalRequiredForExtension: bool('isApprovalRequiredForExtension'),
      isRequestorJustificationRequired: bool('isRequestorJustificationRequired'),
      approvalMode: text('approvalMode'),
      approvalStages: collectionOf(complex(''), 'approvalStages'),
    }),
  },
  AuthenticationContext: {
    isEnabled: bool(flag('isEnabled')),
    claimValue: text(word('claimValue')),
  },
};

const typeName = (kind: string) => `microsoft.graph.unifiedRoleManagementPolicy${kind}Rule`;
const setName = (kind: string) => `roleManagementPolicy${kind}Rules`;

function ruleSet(name: string, type: string, properties: Readonly<Record<string, Property>>): EntitySet {
  return {
    name,
    type,
    from: rulesInForce,
    properties: { ...ruleBase, ...properties },
    visible,
    notFound: 'RoleManagementPolicyRuleNotFound',
  };
}

const roleManagementPolicyRules: EntitySet = {
  ...ruleSet('roleManagementPolicyRules', 'microsoft.graph.unifiedRoleManagementPolicyRule', {}),
  derived: Object.fromEntries(Object.keys(ruleProperties).map((kind) => [`#${typeName(kind)}`, setName(kind)])),
  typeOf: (row) => sql`(${row('rule')} ->> '@odata.type')`,
  writesType: true,
};

/**
 * `/sallyport/groups`: the groups that PIM manages or may manage, by any kind but dynamic ones. For those who read their
 * policies: administrators, and the owners of each.
 */
export const manageableGroups: EntitySet = {
  name: 'manageableGroups',
  says: 'Groups that PIM manages, or that it may be enabled for.',
  type: 'sallyport.manageableGroup',
  from: () => sql`(select placed.*, policy.onboarded_at from ${assignedGroups} as placed
    left join role_management_policy as policy on policy.privilege_kind = 'group-member'
      and policy.privilege_id = placed.id)`,
  properties: {
    id: guid('id'),
    displayName: text('display_name'),
    description: text('description'),
    isAssignableToRole: bool((row) => sql`coalesce(${row('is_assignable_to_role')}, false)`),
    isManaged: bool((row) => sql`(${row('onboarded_at')} is not null)`),
    managedSinceDateTime: instant('onboarded_at'),
  },
  visible: (row, context) =>
    readerMay('roleManagementPolicy.readForGroup', context.reader)
      ? sql`true`
      : sql`exists (select 1 from ${holdersAt('group-owner', 'active', context.now)} as owner
          where owner.principal_id = ${readerId(context)}::uuid and owner.privilege_id = ${row('id')})`,
  listable: ({ reader }) => readerMay('roleManagementPolicy.readForGroup', reader),
  searchable: ['displayName', 'description'],
  order: 'displayName',
  notFound: 'ResourceNotFound',
};

/** Policies, their rules and what they apply to. */
export const policySets: readonly EntitySet[] = [
  roleManagementPolicies,
  roleManagementPolicyAssignments,
  roleManagementPolicyRules,
  ...Object.entries(ruleProperties).map(([kind, properties]) => ruleSet(setName(kind), typeName(kind), properties)),
];

export const policyMounts = {
  '/policies/roleManagementPolicies': 'roleManagementPolicies',
  '/policies/roleManagementPolicyAssignments': 'roleManagementPolicyAssignments',
} as const;
