import type {
  ApprovalRule,
  AuthenticationContextRule,
  Enablement,
  EnablementRule,
  ExpirationRule,
  NotificationRule,
  Rule,
  RuleId,
  Rules,
} from './rule.ts';

type Caller = Rule['target']['caller'];
type Level = Rule['target']['level'];

const prefix = '#microsoft.graph.unifiedRoleManagementPolicy';

function target(caller: Caller, level: Level): Rule['target'] {
  return { caller, operations: ['all'], level, inheritableSettings: [], enforcedSettings: [] };
}

function expiration(caller: Caller, level: Level, isExpirationRequired: boolean, maximumDuration: string) {
  const rule: ExpirationRule = {
    '@odata.type': `${prefix}ExpirationRule`,
    id: `Expiration_${caller}_${level}` as RuleId,
    isExpirationRequired,
    maximumDuration,
    target: target(caller, level),
  };
  return rule;
}

function enablement(caller: Caller, level: Level, enabledRules: readonly Enablement[]): EnablementRule {
  return {
    '@odata.type': `${prefix}EnablementRule`,
    id: `Enablement_${caller}_${level}` as RuleId,
    enabledRules,
    target: target(caller, level),
  };
}

function notification(recipientType: NotificationRule['recipientType'], caller: Caller, level: Level) {
  const rule: NotificationRule = {
    '@odata.type': `${prefix}NotificationRule`,
    id: `Notification_${recipientType}_${caller}_${level}` as RuleId,
    notificationType: 'Email',
    recipientType,
    notificationLevel: 'All',
    isDefaultRecipientsEnabled: true,
    notificationRecipients: [],
    target: target(caller, level),
  };
  return rule;
}

function notifications(caller: Caller, level: Level): NotificationRule[] {
  return (['Admin', 'Requestor', 'Approver'] as const).map((recipient) => notification(recipient, caller, level));
}

const approval: ApprovalRule = {
  '@odata.type': `${prefix}ApprovalRule`,
  id: 'Approval_EndUser_Assignment',
  target: target('EndUser', 'Assignment'),
  setting: {
    isApprovalRequired: false,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: 'SingleStage',
    approvalStages: [
      {
        approvalStageTimeOutInDays: 1,
        isApproverJustificationRequired: true,
        escalationTimeInMinutes: 0,
        isEscalationEnabled: false,
        primaryApprovers: [],
        escalationApprovers: [],
      },
    ],
  },
};

const authenticationContext: AuthenticationContextRule = {
  '@odata.type': `${prefix}AuthenticationContextRule`,
  id: 'AuthenticationContext_EndUser_Assignment',
  isEnabled: false,
  claimValue: null,
  target: target('EndUser', 'Assignment'),
};

/**
 * The 17 rules of a policy that nobody has changed, in Graph's order.
 * Source: Microsoft Graph reference, "List rules (for a role management policy)".
 */
export const defaultRuleList: readonly Rule[] = [
  expiration('Admin', 'Eligibility', false, 'P365D'),
  enablement('Admin', 'Eligibility', []),
  ...notifications('Admin', 'Eligibility'),
  expiration('Admin', 'Assignment', false, 'P180D'),
  enablement('Admin', 'Assignment', ['Justification']),
  ...notifications('Admin', 'Assignment'),
  expiration('EndUser', 'Assignment', true, 'PT8H'),
  enablement('EndUser', 'Assignment', ['MultiFactorAuthentication', 'Justification']),
  approval,
  authenticationContext,
  ...notifications('EndUser', 'Assignment'),
];

export const defaultRules = Object.fromEntries(defaultRuleList.map((rule) => [rule.id, rule])) as Rules;
