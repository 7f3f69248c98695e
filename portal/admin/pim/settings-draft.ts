import type { Picked } from '../../parts/picked.ts';
import { type ApprovalSetting, notificationIds, type Rule, ruleOf } from './rules.ts';

const prefix = '#microsoft.graph.unifiedRoleManagementPolicy';

/** Who is told of one kind of event, beside or in place of those who are by default. */
export interface NotificationDraft {
  readonly isDefaultEnabled: boolean;
  /** Addresses, as somebody writes them: with commas or semicolons between them. */
  readonly additional: string;
  readonly isCriticalOnly: boolean;
}

/** The rules of a policy, while somebody changes them. */
export interface SettingsDraft {
  /** ISO 8601, as all lengths here. */
  readonly maximum: string;
  /** What the sign-in has to bring. */
  readonly proof: 'none' | 'mfa' | 'context';
  /** `c1`, with `proof` *context*. */
  readonly context: string;
  readonly needsJustification: boolean;
  readonly needsTicket: boolean;
  readonly needsApproval: boolean;
  readonly approvers: readonly Picked[];
  readonly eligible: LimitDraft;
  readonly active: LimitDraft;
  /** By the id of the rule. */
  readonly notifications: Readonly<Record<string, NotificationDraft>>;
}

/** What assigning takes, and for how long at most. */
export interface LimitDraft {
  /** `''`: without end. */
  readonly maximum: string;
  readonly needsMfa: boolean;
  readonly needsJustification: boolean;
}

/** The draft of the rules in force. */
export function draftOf(rules: readonly Rule[]): SettingsDraft {
  const enabled = ruleOf(rules, 'Enablement_EndUser_Assignment')?.enabledRules ?? [];
  const context = ruleOf(rules, 'AuthenticationContext_EndUser_Assignment');
  const approval = ruleOf(rules, 'Approval_EndUser_Assignment')?.setting;
  const hasContext = context?.isEnabled === true;
  return {
    maximum: ruleOf(rules, 'Expiration_EndUser_Assignment')?.maximumDuration ?? '',
    proof: hasContext ? 'context' : enabled.includes('MultiFactorAuthentication') ? 'mfa' : 'none',
    context: hasContext ? (context.claimValue ?? '') : '',
    needsJustification: enabled.includes('Justification'),
    needsTicket: enabled.includes('Ticketing'),
    needsApproval: approval?.isApprovalRequired === true,
    approvers: approversOf(approval),
    eligible: limitOf(rules, 'Admin_Eligibility'),
    active: limitOf(rules, 'Admin_Assignment'),
    notifications: Object.fromEntries(notificationIds.map((id) => [id, notificationOf(ruleOf(rules, id))])),
  };
}

function limitOf(rules: readonly Rule[], of: string): LimitDraft {
  const expiration = ruleOf(rules, `Expiration_${of}`);
  const enabled = ruleOf(rules, `Enablement_${of}`)?.enabledRules ?? [];
  return {
    maximum: expiration?.isExpirationRequired === true ? (expiration.maximumDuration ?? '') : '',
    needsMfa: enabled.includes('MultiFactorAuthentication'),
    needsJustification: enabled.includes('Justification'),
  };
}

function notificationOf(rule: Rule | undefined): NotificationDraft {
  return {
    isDefaultEnabled: rule?.isDefaultRecipientsEnabled !== false,
    additional: (rule?.notificationRecipients ?? []).join('; '),
    isCriticalOnly: rule?.notificationLevel === 'Critical',
  };
}

/** Who approves by a setting, as they are picked. */
export function approversOf(setting: ApprovalSetting | undefined): Picked[] {
  return (setting?.approvalStages ?? []).flatMap(({ primaryApprovers }) =>
    primaryApprovers.map(({ userId, groupId, description }) => ({
      kind: userId === undefined ? ('group' as const) : ('user' as const),
      id: userId ?? groupId ?? '',
      displayName: description ?? '…',
    })),
  );
}

/** The changes that make one draft of another, rule by rule: what nobody touched is not sent. */
export function changesOf(before: SettingsDraft, after: SettingsDraft): readonly object[] {
  const old = new Map(rulesOf(before).map((rule) => [rule.id, JSON.stringify(rule)]));
  return rulesOf(after).filter((rule) => old.get(rule.id) !== JSON.stringify(rule));
}

function rulesOf(draft: SettingsDraft) {
  const enabled = [
    ...(draft.proof === 'mfa' ? ['MultiFactorAuthentication'] : []),
    ...(draft.needsJustification ? ['Justification'] : []),
    ...(draft.needsTicket ? ['Ticketing'] : []),
  ];
  return [
    expiration('Expiration_EndUser_Assignment', draft.maximum),
    { '@odata.type': `${prefix}EnablementRule`, id: 'Enablement_EndUser_Assignment', enabledRules: enabled },
    {
      '@odata.type': `${prefix}AuthenticationContextRule`,
      id: 'AuthenticationContext_EndUser_Assignment',
      isEnabled: draft.proof === 'context',
      ...(draft.proof === 'context' ? { claimValue: draft.context } : {}),
    },
    {
      '@odata.type': `${prefix}ApprovalRule`,
      id: 'Approval_EndUser_Assignment',
      setting: {
        isApprovalRequired: draft.needsApproval,
        // Whoever would approve stays written down while no approval is asked for.
        approvalStages: [{ primaryApprovers: draft.approvers.map(approverOf) }],
      },
    },
    ...limitRules('Admin_Eligibility', draft.eligible),
    ...limitRules('Admin_Assignment', draft.active),
    ...Object.entries(draft.notifications).map(([id, notification]) => ({
      '@odata.type': `${prefix}NotificationRule`,
      id,
      isDefaultRecipientsEnabled: notification.isDefaultEnabled,
      notificationLevel: notification.isCriticalOnly ? 'Critical' : 'All',
      notificationRecipients: notification.additional.split(/[;,\s]+/).filter((address) => address !== ''),
    })),
  ];
}

function expiration(id: string, maximumDuration: string) {
  return {
    '@odata.type': `${prefix}ExpirationRule`,
    id,
    isExpirationRequired: maximumDuration !== '',
    ...(maximumDuration === '' ? {} : { maximumDuration }),
  };
}

function limitRules(of: string, { maximum, needsMfa, needsJustification }: LimitDraft) {
  const enabledRules = [
    ...(needsMfa ? ['MultiFactorAuthentication'] : []),
    ...(needsJustification ? ['Justification'] : []),
  ];
  return [
    expiration(`Expiration_${of}`, maximum),
    { '@odata.type': `${prefix}EnablementRule`, id: `Enablement_${of}`, enabledRules },
  ];
}

function approverOf({ kind, id }: Picked) {
  return kind === 'group'
    ? { '@odata.type': '#microsoft.graph.groupMembers', groupId: id }
    : { '@odata.type': '#microsoft.graph.singleUser', userId: id };
}
