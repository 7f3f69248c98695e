import { describe, expect, test } from 'vitest';
import { defaultRuleList } from '../../../src/privileged/policy/defaults.ts';
import type { Rule } from './rules.ts';
import { changesOf, draftOf } from './settings-draft.ts';

const draft = draftOf(defaultRuleList as readonly Rule[]);
const prefix = '#microsoft.graph.unifiedRoleManagementPolicy';

describe('the settings of PIM', () => {
  test('that nobody has changed are those of the policy', () => {
    expect(draft).toMatchObject({
      maximum: 'PT8H',
      proof: 'mfa',
      needsJustification: true,
      needsTicket: false,
      needsApproval: false,
      eligible: { maximum: '', needsMfa: false, needsJustification: false },
      active: { maximum: '', needsMfa: false, needsJustification: true },
    });
    expect(Object.keys(draft.notifications)).toHaveLength(9);
  });

  test('send nothing where nothing was changed', () => {
    expect(changesOf(draft, { ...draft })).toEqual([]);
  });

  test.each([
    [{ maximum: 'PT4H' }, [{ id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT4H' }]],
    [
      { proof: 'context', context: 'c1' },
      [
        { id: 'Enablement_EndUser_Assignment', enabledRules: ['Justification'] },
        { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: 'c1' },
      ],
    ],
    [
      { active: { maximum: 'P15D', needsMfa: true, needsJustification: true } },
      [
        { id: 'Expiration_Admin_Assignment', isExpirationRequired: true, maximumDuration: 'P15D' },
        { id: 'Enablement_Admin_Assignment', enabledRules: ['MultiFactorAuthentication', 'Justification'] },
      ],
    ],
    [
      { needsApproval: true, approvers: [{ kind: 'group', id: '1', displayName: 'Approvers' }] },
      [
        {
          '@odata.type': `${prefix}ApprovalRule`,
          setting: {
            isApprovalRequired: true,
            approvalStages: [{ primaryApprovers: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: '1' }] }],
          },
        },
      ],
    ],
    [
      {
        notifications: {
          ...draft.notifications,
          Notification_Admin_EndUser_Assignment: {
            isDefaultEnabled: false,
            additional: 'soc@contoso.example; ops@contoso.example',
            isCriticalOnly: true,
          },
        },
      },
      [
        {
          id: 'Notification_Admin_EndUser_Assignment',
          isDefaultRecipientsEnabled: false,
          notificationLevel: 'Critical',
          notificationRecipients: ['soc@contoso.example', 'ops@contoso.example'],
        },
      ],
    ],
  ] as const)('send the rules alone that %j changes', (change, rules) => {
    const sent = changesOf(draft, { ...draft, ...change } as typeof draft);
    expect(sent).toHaveLength(rules.length);
    expect(sent).toMatchObject(rules);
  });
});
