/** Who a rule speaks to, and about what. */
interface RuleTarget {
  readonly caller: 'Admin' | 'EndUser';
  readonly operations: readonly ['all'];
  readonly level: 'Eligibility' | 'Assignment';
  readonly inheritableSettings: readonly string[];
  readonly enforcedSettings: readonly string[];
}

/** Somebody who may approve, in wire form. */
export type Approver =
  | { readonly '@odata.type': '#microsoft.graph.singleUser'; readonly userId: string; readonly description?: string }
  | { readonly '@odata.type': '#microsoft.graph.groupMembers'; readonly groupId: string; readonly description?: string }
  | { readonly '@odata.type': '#microsoft.graph.requestorManager'; readonly managerLevel: number };

/** What may be demanded besides an end and an approval. */
export type Enablement = 'MultiFactorAuthentication' | 'Justification' | 'Ticketing';

interface Base {
  readonly id: RuleId;
  readonly target: RuleTarget;
}

export interface ExpirationRule extends Base {
  readonly '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule';
  readonly isExpirationRequired: boolean;
  readonly maximumDuration: string;
}

export interface EnablementRule extends Base {
  readonly '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule';
  readonly enabledRules: readonly Enablement[];
}

export interface NotificationRule extends Base {
  readonly '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyNotificationRule';
  readonly notificationType: 'Email';
  readonly recipientType: 'Requestor' | 'Approver' | 'Admin';
  readonly notificationLevel: 'None' | 'Critical' | 'All';
  readonly isDefaultRecipientsEnabled: boolean;
  readonly notificationRecipients: readonly string[];
}

export interface ApprovalRule extends Base {
  readonly '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule';
  readonly setting: {
    readonly isApprovalRequired: boolean;
    readonly isApprovalRequiredForExtension: boolean;
    readonly isRequestorJustificationRequired: boolean;
    readonly approvalMode: 'SingleStage' | 'NoApproval';
    readonly approvalStages: readonly {
      readonly approvalStageTimeOutInDays: number;
      readonly isApproverJustificationRequired: boolean;
      readonly escalationTimeInMinutes: number;
      readonly isEscalationEnabled: boolean;
      readonly primaryApprovers: readonly Approver[];
      readonly escalationApprovers: readonly Approver[];
    }[];
  };
}

export interface AuthenticationContextRule extends Base {
  readonly '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule';
  readonly isEnabled: boolean;
  readonly claimValue: string | null;
}

/** One of the 17 rules of a policy, in wire form. */
export type Rule = ExpirationRule | EnablementRule | NotificationRule | ApprovalRule | AuthenticationContextRule;

/** The ids of the 17 rules, in the order in which Graph lists them. */
export const ruleIds = [
  'Expiration_Admin_Eligibility',
  'Enablement_Admin_Eligibility',
  'Notification_Admin_Admin_Eligibility',
  'Notification_Requestor_Admin_Eligibility',
  'Notification_Approver_Admin_Eligibility',
  'Expiration_Admin_Assignment',
  'Enablement_Admin_Assignment',
  'Notification_Admin_Admin_Assignment',
  'Notification_Requestor_Admin_Assignment',
  'Notification_Approver_Admin_Assignment',
  'Expiration_EndUser_Assignment',
  'Enablement_EndUser_Assignment',
  'Approval_EndUser_Assignment',
  'AuthenticationContext_EndUser_Assignment',
  'Notification_Admin_EndUser_Assignment',
  'Notification_Requestor_EndUser_Assignment',
  'Notification_Approver_EndUser_Assignment',
] as const;

export type RuleId = (typeof ruleIds)[number];

/** The rules in force, by id. */
export type Rules = Readonly<Record<RuleId, Rule>>;
