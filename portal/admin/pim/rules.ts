/** A rule of a role management policy, as Graph answers it. */
export interface Rule {
  readonly '@odata.type': string;
  readonly id: string;
  readonly maximumDuration?: string | null;
  readonly isExpirationRequired?: boolean;
  readonly enabledRules?: readonly string[];
  readonly setting?: ApprovalSetting;
  readonly isEnabled?: boolean;
  readonly claimValue?: string | null;
  readonly notificationLevel?: 'None' | 'Critical' | 'All';
  readonly isDefaultRecipientsEnabled?: boolean;
  readonly notificationRecipients?: readonly string[];
}

export interface ApprovalSetting {
  readonly isApprovalRequired: boolean;
  readonly approvalStages: readonly {
    readonly primaryApprovers: readonly {
      readonly '@odata.type': string;
      readonly userId?: string;
      readonly groupId?: string;
      readonly description?: string | null;
    }[];
  }[];
}

/** `unifiedRoleManagementPolicyAssignment`, expanded. */
export interface PolicyAssignment {
  readonly policyId: string;
  readonly policy: { readonly id: string; readonly rules: readonly Rule[] };
}

/** What a policy is about: a role, or the members or the owners of a group. */
export interface PolicyOf {
  readonly scope: 'DirectoryRole' | 'Group';
  readonly scopeId: string;
  /** The role's id, `member` or `owner`. */
  readonly roleDefinitionId: string;
}

/** Where the policy in force is read, with its 17 rules. */
export function policyPath({ scope, scopeId, roleDefinitionId }: PolicyOf): string {
  const filter = `scopeId eq '${scopeId}' and scopeType eq '${scope}' and roleDefinitionId eq '${roleDefinitionId}'`;
  return `/v1.0/policies/roleManagementPolicyAssignments?$filter=${filter}&$expand=policy($expand=rules)`;
}

/** The rule of an id: `Expiration_EndUser_Assignment`. */
export function ruleOf(rules: readonly Rule[], id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}

/** Whom the rules tell of what: each is a rule of its own, `Notification_Admin_Admin_Eligibility`. */
export const notificationKinds = ['Admin_Eligibility', 'Admin_Assignment', 'EndUser_Assignment'] as const;
export const notificationRecipients = ['Admin', 'Requestor', 'Approver'] as const;

/** The ids of all rules about notifications. */
export const notificationIds: readonly string[] = notificationKinds.flatMap((kind) =>
  notificationRecipients.map((recipient) => `Notification_${recipient}_${kind}`),
);
