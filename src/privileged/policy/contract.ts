import {
  bool,
  duration,
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  oneOfTypes,
  readOnly,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';
import { ruleIds } from './rule.ts';

/** `unifiedRoleManagementPolicyRuleTargetOperations`. */
const targetOperations = ['all', 'activate', 'deactivate', 'assign', 'update', 'remove', 'extend', 'renew'] as const;

const description = nullable(text({ maxLength: 1024 }));

// Who a rule speaks to follows from its id. Clients send it back, and nothing is made of it but that it makes sense.
const target = nullable(
  shape({
    caller: nullable(enumOf(['None', 'Admin', 'EndUser'])),
    operations: listOf(enumOf(targetOperations), { maxItems: 16 }),
    level: nullable(enumOf(['Eligibility', 'Assignment'])),
    inheritableSettings: nullable(listOf(text({ maxLength: 64 }), { maxItems: 16 })),
    enforcedSettings: nullable(listOf(text({ maxLength: 64 }), { maxItems: 16 })),
  }),
);

// Beta's shape of an approver: Entra ignores it here.
const backup = readOnly('id', 'isBackup');

const approvers = listOf(
  oneOfTypes({
    '#microsoft.graph.singleUser': shape({ userId: required(guid()), description }, { readOnly: backup }),
    '#microsoft.graph.groupMembers': shape({ groupId: required(guid()), description }, { readOnly: backup }),
    '#microsoft.graph.requestorManager': shape({ managerLevel: int({ minimum: 1, maximum: 4 }) }),
  }),
  { maxItems: 100 },
);

const approvalSettings = shape({
  isApprovalRequired: bool(),
  isApprovalRequiredForExtension: bool(),
  isRequestorJustificationRequired: bool(),
  approvalMode: enumOf(['SingleStage', 'NoApproval']),
  approvalStages: listOf(
    shape({
      approvalStageTimeOutInDays: int({ minimum: 1, maximum: 1 }),
      isApproverJustificationRequired: bool(),
      escalationTimeInMinutes: int({ minimum: 0, maximum: 1440 }),
      isEscalationEnabled: bool(),
      primaryApprovers: approvers,
      escalationApprovers: approvers,
    }),
    { maxItems: 16 },
  ),
});

const id = enumOf(ruleIds);
const type = '#microsoft.graph.unifiedRoleManagementPolicy';

/** One rule, as clients send it: the derived type says which of the properties there may be. */
export const ruleBody = oneOfTypes({
  [`${type}ExpirationRule` as const]: shape({ id, target, isExpirationRequired: bool(), maximumDuration: duration() }),
  [`${type}EnablementRule` as const]: shape({
    id,
    target,
    enabledRules: listOf(enumOf(['MultiFactorAuthentication', 'Justification', 'Ticketing']), { maxItems: 3 }),
  }),
  [`${type}NotificationRule` as const]: shape({
    id,
    target,
    notificationType: enumOf(['Email']),
    recipientType: enumOf(['Requestor', 'Approver', 'Admin']),
    notificationLevel: enumOf(['None', 'Critical', 'All']),
    isDefaultRecipientsEnabled: bool(),
    notificationRecipients: listOf(text({ minLength: 3, maxLength: 320 }), { maxItems: 100 }),
  }),
  [`${type}ApprovalRule` as const]: shape({ id, target, setting: approvalSettings }),
  [`${type}AuthenticationContextRule` as const]: shape({
    id,
    target,
    isEnabled: bool(),
    claimValue: nullable(text({ maxLength: 8 })),
  }),
});

/** A change of one rule. */
export type RuleChange = Static<typeof ruleBody>;

/** Several rules at once, at the policy itself. */
export const policyBody = shape(
  { rules: required(listOf(ruleBody, { minItems: 1, maxItems: 17 })) },
  {
    readOnly: readOnly(
      'id',
      'displayName',
      'description',
      'isOrganizationDefault',
      'scopeId',
      'scopeType',
      'lastModifiedBy',
      'lastModifiedDateTime',
    ),
  },
);

export type PolicyChange = Static<typeof policyBody>;

/** Whether PIM manages a group: once it does, it does for ever. */
export const managementAnswer = shape({
  isManaged: required(bool()),
  managedSinceDateTime: required(nullable(instant())),
});

export type GroupManagement = Static<typeof managementAnswer>;
