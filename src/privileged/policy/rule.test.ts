import { describe, expect, test } from 'vitest';
import { changeRule, loosensApproval } from './change.ts';
import type { RuleChange } from './contract.ts';
import { defaultRuleList, defaultRules } from './defaults.ts';
import { activationRequirements, assignmentRequirements, longestEligibility } from './requirements.ts';
import { type ApprovalRule, type Rule, type RuleId, type Rules, ruleIds } from './rule.ts';

const type = '#microsoft.graph.unifiedRoleManagementPolicy' as const;

function changed(id: RuleId, change: object, of: 'role' | 'group' = 'role') {
  const current = defaultRules[id];
  return changeRule(current, { '@odata.type': current['@odata.type'], ...change } as RuleChange, of);
}

test('the defaults are the 17 rules, in Graph’s order', () => {
  expect(defaultRuleList.map((rule) => rule.id)).toEqual(ruleIds);
});

describe('§5.5 changing a rule', () => {
  test.each<[string, RuleId, object, 'role' | 'group']>([
    ['4 hours', 'Expiration_EndUser_Assignment', { maximumDuration: 'PT4H' }, 'role'],
    ['§5.5 an hour', 'Expiration_EndUser_Assignment', { maximumDuration: 'PT1H' }, 'role'],
    ['a day', 'Expiration_EndUser_Assignment', { maximumDuration: 'P1D' }, 'role'],
    ['a year of eligibility', 'Expiration_Admin_Eligibility', { maximumDuration: 'P365D' }, 'role'],
    ['nothing enabled', 'Enablement_EndUser_Assignment', { enabledRules: [] }, 'role'],
    ['recipients', 'Notification_Admin_EndUser_Assignment', { notificationRecipients: ['a@b.c'] }, 'role'],
    ['approval without approvers', 'Approval_EndUser_Assignment', { setting: { isApprovalRequired: true } }, 'role'],
    ['context', 'AuthenticationContext_EndUser_Assignment', { isEnabled: true, claimValue: 'c99' }, 'role'],
  ])('taken: %s', (_, id, change, of) => {
    expect(changed(id, change, of)).toMatchObject({ is: 'accepted', value: { id, ...change } });
  });

  test.each<[string, RuleId, object, 'role' | 'group', string]>([
    ['too short', 'Expiration_EndUser_Assignment', { maximumDuration: 'PT29M59S' }, 'role', 'maximumDuration'],
    ['too long', 'Expiration_EndUser_Assignment', { maximumDuration: 'PT24H1S' }, 'role', 'maximumDuration'],
    ['no duration', 'Expiration_Admin_Eligibility', { maximumDuration: 'P1M' }, 'role', 'maximumDuration'],
    ['another id', 'Expiration_Admin_Eligibility', { id: 'Expiration_Admin_Assignment' }, 'role', 'id'],
    ['another type', 'Expiration_Admin_Eligibility', { '@odata.type': `${type}EnablementRule` }, 'role', '@odata.type'],
    ['twice', 'Enablement_EndUser_Assignment', { enabledRules: ['Ticketing', 'Ticketing'] }, 'role', 'enabledRules'],
    [
      'no address',
      'Notification_Admin_EndUser_Assignment',
      { notificationRecipients: ['a b'] },
      'role',
      'notificationRecipients',
    ],
    ['no stage', 'Approval_EndUser_Assignment', { setting: { approvalStages: [] } }, 'role', 'setting/approvalStages'],
    [
      'two stages',
      'Approval_EndUser_Assignment',
      { setting: { approvalStages: [{}, {}] } },
      'role',
      'setting/approvalStages',
    ],
    [
      'a group with nobody to approve',
      'Approval_EndUser_Assignment',
      { setting: { isApprovalRequired: true } },
      'group',
      'setting/approvalStages',
    ],
    [
      'no such context',
      'AuthenticationContext_EndUser_Assignment',
      { isEnabled: true, claimValue: 'c100' },
      'role',
      'claimValue',
    ],
    [
      'enabled without a context',
      'AuthenticationContext_EndUser_Assignment',
      { isEnabled: true },
      'role',
      'claimValue',
    ],
  ])('refused: %s', (_, id, change, of, target) => {
    expect(changed(id, change, of)).toMatchObject({ refusal: { kind: 'invalid', code: 'InvalidPolicyRule', target } });
  });

  test('what the change leaves out stays, and the target always does', () => {
    const outcome = changed('Approval_EndUser_Assignment', {
      target: { caller: 'Admin' },
      setting: { isApprovalRequired: true, approvalStages: [{ isApproverJustificationRequired: false }] },
    });
    expect(outcome).toMatchObject({
      value: {
        target: { caller: 'EndUser' },
        setting: {
          approvalMode: 'SingleStage',
          isRequestorJustificationRequired: true,
          approvalStages: [{ approvalStageTimeOutInDays: 1, isApproverJustificationRequired: false }],
        },
      },
    });
  });
});

describe('an approval is loosened', () => {
  const approver = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });
  const rule = (isApprovalRequired: boolean, ...ids: readonly string[]) => {
    const { setting, ...rest } = defaultRules.Approval_EndUser_Assignment as ApprovalRule;
    const [stage] = setting.approvalStages;
    const approvalStages = [{ ...stage, primaryApprovers: ids.map(approver) }];
    return { ...rest, setting: { ...setting, isApprovalRequired, approvalStages } } as Rule;
  };
  test.each<[string, Rule, Rule, boolean]>([
    ['by taking it away', rule(true, 'a'), rule(false, 'a'), true],
    ['by naming others', rule(true, 'a'), rule(true, 'b'), true],
    ['not by asking for it', rule(false), rule(true, 'a'), false],
    ['not by leaving it', rule(true, 'a'), rule(true, 'a'), false],
    [
      'not by what is no approval',
      defaultRules.Enablement_EndUser_Assignment,
      defaultRules.Enablement_EndUser_Assignment,
      false,
    ],
  ])('%s', (_name, before, after, loosened) => {
    expect(loosensApproval(before, after)).toBe(loosened);
  });
});

describe('what the rules ask for', () => {
  test('by default', () => {
    expect(activationRequirements(defaultRules, true)).toMatchObject({
      eligibility: true,
      expiration: true,
      mfa: true,
      justification: true,
      ticket: false,
      approval: false,
      authenticationContext: null,
    });
    expect(activationRequirements(defaultRules, true).maximumDuration?.toString()).toBe('PT8H');
    expect(assignmentRequirements(defaultRules, 'active')).toMatchObject({ justification: true, expiration: false });
    expect(assignmentRequirements(defaultRules, 'eligible')).toMatchObject({ justification: false, mfa: false });
    expect(longestEligibility(defaultRules)).toBeNull();
  });

  test('a maximum that cannot be read allows nothing', () => {
    const rule = { ...defaultRules.Expiration_EndUser_Assignment, maximumDuration: 'broken' };
    const rules = { ...defaultRules, Expiration_EndUser_Assignment: rule } as Rules;
    expect(activationRequirements(rules, true).maximumDuration?.blank).toBe(true);
  });

  test('§5.12 a context is asked for while it is published, and MFA in its place while it is not', () => {
    const context = { ...defaultRules.AuthenticationContext_EndUser_Assignment, isEnabled: true, claimValue: 'c3' };
    const enablement = { ...defaultRules.Enablement_EndUser_Assignment, enabledRules: [] };
    const rules = {
      ...defaultRules,
      AuthenticationContext_EndUser_Assignment: context,
      Enablement_EndUser_Assignment: enablement,
    } as Rules;
    expect(activationRequirements(rules, true)).toMatchObject({ authenticationContext: 'c3', mfa: false });
    expect(activationRequirements(rules, false)).toMatchObject({ authenticationContext: null, mfa: true });
  });
});
