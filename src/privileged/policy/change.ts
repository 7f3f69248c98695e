import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import type { RuleChange } from './contract.ts';
import { type ApprovalRule, type ExpirationRule, type Rule, type RuleId, ruleIds } from './rule.ts';

/** What a policy is about: groups know no default approvers, roles do. */
export type PolicyOf = 'role' | 'group';

const shortestActivation = Temporal.Duration.from('PT1H');
const longestActivation = Temporal.Duration.from('PT24H');
const shortestAssignment = Temporal.Duration.from('PT5M');
const claim = /^c[1-9]\d?$/;
const address = /^[^\s@]+@[^\s@]+$/;

/** Whether the text is the id of one of the 17 rules. */
export function isRuleId(text: string): text is RuleId {
  return (ruleIds as readonly string[]).includes(text);
}

/**
 * The rule that a change makes of the one in force. What the change leaves out stays; who the rule speaks to never
 * changes. Refused with `InvalidPolicyRule` (400) if the type is another's or a value is out of bounds.
 */
export function changeRule(current: Rule, change: RuleChange, of: PolicyOf): Outcome<Rule> {
  if (change['@odata.type'] !== current['@odata.type']) {
    return invalid(`${current.id} is a ${current['@odata.type']}.`, '@odata.type');
  }
  if (change.id !== undefined && change.id !== current.id) return invalid('The id of a rule never changes.', 'id');
  const merged = merge(current, change);
  switch (merged['@odata.type']) {
    case '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule':
      return checkedExpiration(merged);
    case '#microsoft.graph.unifiedRoleManagementPolicyEnablementRule':
      return new Set(merged.enabledRules).size === merged.enabledRules.length
        ? accept(merged)
        : invalid('Each of the enabled rules can be named once.', 'enabledRules');
    case '#microsoft.graph.unifiedRoleManagementPolicyNotificationRule': {
      const stranger = merged.notificationRecipients.find((recipient) => !address.test(recipient));
      return stranger === undefined ? accept(merged) : invalid(`${stranger} is no address.`, 'notificationRecipients');
    }
    case '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule':
      return checkedApproval(merged, of);
    case '#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule': {
      if (!merged.isEnabled && !merged.claimValue) return accept({ ...merged, claimValue: null });
      return claim.test(merged.claimValue ?? '')
        ? accept(merged)
        : invalid('claimValue is one of c1 to c99.', 'claimValue');
    }
    default:
      return merged satisfies never;
  }
}

/**
 * Whether a change takes away the approval of activations, or settles anew who gives it: what nobody does who would
 * activate by it. To ask for approval where none was asked for binds, and is anybody's.
 */
export function loosensApproval(before: Rule, after: Rule): boolean {
  const type = '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule';
  if (before['@odata.type'] !== type || after['@odata.type'] !== type || !before.setting.isApprovalRequired)
    return false;
  const approvers = ({ setting }: ApprovalRule) =>
    JSON.stringify(setting.approvalStages.map(({ primaryApprovers }) => primaryApprovers));
  return !after.setting.isApprovalRequired || approvers(before) !== approvers(after);
}

function merge(current: Rule, change: RuleChange): Rule {
  const given = Object.fromEntries(Object.entries(change).filter(([name]) => name !== 'target'));
  if (!('setting' in change) || change.setting === undefined) return { ...current, ...given } as Rule;
  const before = (current as ApprovalRule).setting;
  const stages = change.setting.approvalStages?.map((stage) => ({ ...before.approvalStages[0], ...stage }));
  const setting = { ...before, ...change.setting, ...(stages === undefined ? {} : { approvalStages: stages }) };
  return { ...current, ...given, setting } as Rule;
}

function checkedExpiration(rule: ExpirationRule): Outcome<Rule> {
  const duration = parseDuration(rule.maximumDuration);
  if (duration === null) return invalid('maximumDuration is an ISO 8601 duration, such as PT8H.', 'maximumDuration');
  const isActivation = rule.target.caller === 'EndUser';
  const shortest = isActivation ? shortestActivation : shortestAssignment;
  const isInBounds =
    Temporal.Duration.compare(duration, shortest) >= 0 &&
    (!isActivation || Temporal.Duration.compare(duration, longestActivation) <= 0);
  if (isInBounds) return accept(rule);
  const bounds = isActivation ? `${shortest} and ${longestActivation}` : `${shortest} and ten years`;
  return invalid(`maximumDuration lies between ${bounds}.`, 'maximumDuration');
}

function checkedApproval(rule: ApprovalRule, of: PolicyOf): Outcome<Rule> {
  const [stage, ...more] = rule.setting.approvalStages;
  if (stage === undefined || more.length > 0) {
    return invalid('An activation is approved in exactly one stage.', 'setting/approvalStages');
  }
  // Roles fall back to the Privileged Role and Global Administrators; a group has nobody to fall back to.
  if (of === 'group' && rule.setting.isApprovalRequired && stage.primaryApprovers.length === 0) {
    return invalid('Name at least one approver: groups have none by default.', 'setting/approvalStages');
  }
  return accept(rule);
}

function invalid(message: string, target: string): Outcome<never> {
  return refuse('invalid', 'InvalidPolicyRule', message, target);
}
