import { type Pair, rows } from './pairs.ts';

const policies = '/policies/roleManagementPolicies';

const targetNames = [
  'target/caller',
  'target/operations',
  'target/level',
  'target/inheritableSettings',
  'target/enforcedSettings',
];

/** Role management policies. */
export const ofPolicies: readonly Pair[] = [
  {
    page: 'policyroot-list-rolemanagementpolicyassignments',
    example: 'of one role, with policy and rules',
    path: "/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'&$expand=policy($expand=rules)",
    status: 200,
    names: rows(
      'id',
      'policyId',
      'policy/id',
      'policy/displayName',
      'policy/description',
      'policy/lastModifiedDateTime',
      'policy/lastModifiedBy/displayName',
      'policy/lastModifiedBy/id',
      'policy/rules/isExpirationRequired',
      'policy/rules/maximumDuration',
      ...targetNames.map((name) => `policy/rules/${name}`),
    ),
    has: {
      value: [
        {
          scopeId: '/',
          scopeType: 'DirectoryRole',
          roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
          policy: { isOrganizationDefault: false, scopeId: '/', scopeType: 'DirectoryRole' },
        },
      ],
    },
    keep: { policy: 'value/policyId' },
  },
  {
    page: 'policyroot-list-rolemanagementpolicyassignments',
    example: 'of the tenant',
    path: "/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'Directory'",
    status: 200,
    names: rows('id', 'policyId', 'scopeId', 'scopeType', 'roleDefinitionId'),
  },
  {
    page: 'policyroot-list-rolemanagementpolicies',
    example: 'of directory roles',
    path: `${policies}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'`,
    status: 200,
    names: rows(
      'id',
      'displayName',
      'description',
      'isOrganizationDefault',
      'scopeId',
      'scopeType',
      'lastModifiedDateTime',
      'lastModifiedBy',
    ),
  },
  {
    page: 'unifiedrolemanagementpolicy-get',
    example: 'a policy',
    path: `${policies}/{policy}`,
    status: 200,
    names: [
      'id',
      'displayName',
      'description',
      'isOrganizationDefault',
      'scopeId',
      'scopeType',
      'lastModifiedDateTime',
      'lastModifiedBy/id',
    ],
  },
  {
    page: 'unifiedrolemanagementpolicyrule-update',
    example: 'the longest activation',
    method: 'PATCH',
    path: `${policies}/{policy}/rules/Expiration_EndUser_Assignment`,
    body: {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
      id: 'Expiration_EndUser_Assignment',
      isExpirationRequired: true,
      maximumDuration: 'PT1H45M',
      target: {
        '@odata.type': 'microsoft.graph.unifiedRoleManagementPolicyRuleTarget',
        caller: 'EndUser',
        operations: ['All'],
        level: 'Assignment',
        inheritableSettings: [],
        enforcedSettings: [],
      },
    },
    status: 204,
  },
  {
    page: 'unifiedrolemanagementpolicyrule-get',
    example: 'a rule',
    path: `${policies}/{policy}/rules/Expiration_EndUser_Assignment`,
    status: 200,
    has: {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
      id: 'Expiration_EndUser_Assignment',
      isExpirationRequired: true,
      maximumDuration: 'PT1H45M',
      target: {
        caller: 'EndUser',
        operations: ['all'],
        level: 'Assignment',
        inheritableSettings: [],
        enforcedSettings: [],
      },
    },
  },
  {
    page: 'unifiedrolemanagementpolicy-list-rules',
    example: 'the rules of a policy',
    path: `${policies}/{policy}/rules`,
    status: 200,
    names: [...rows('id', '@odata.type', ...targetNames)],
  },
];
