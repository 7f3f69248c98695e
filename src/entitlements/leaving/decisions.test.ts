import { describe, expect, test } from 'vitest';
import { decideLeaving, type LeavingRule, leavingRule, type ScopeStay } from './decisions.ts';

const now = Temporal.Instant.from('2027-01-04T12:00:00Z');
const days = (count: number) => now.add({ hours: 24 * count });
const inside = (until: Temporal.Instant | null = null): ScopeStay => ({ is: 'in', until });
const out: ScopeStay = { is: 'out' };
const after7: LeavingRule = { what: 'end', grace: 'P7D' };
const atOnce: LeavingRule = { what: 'end', grace: 'PT0S' };
const keep: LeavingRule = { what: 'keep', grace: 'P7D' };
const settings = {
  whenTargetLeavesScope: 'askAgain',
  whenTargetLeavesScopeOfPrivileged: 'end',
  gracePeriodAfterLeavingScope: 'P3D',
} as const;

describe('who leaves the scope of a policy', () => {
  test.each([
    ['stays', inside(), after7, null, { is: 'nothing' }],
    ['comes back', inside(), after7, days(3), { is: 'stay' }],
    ['keeps access', out, keep, null, { is: 'nothing' }],
    ['keeps it after all', out, keep, days(3), { is: 'stay' }],
    ['has a grace period', out, after7, null, { is: 'leave', at: days(7) }],
    ['has no longer one when looked at again', out, after7, days(3), { is: 'nothing' }],
    ['has a shorter one when it was planned for later', out, after7, days(30), { is: 'leave', at: days(7) }],
    ['has none', out, atOnce, null, { is: 'endNow' }],
    ['will leave at a known time', inside(days(2)), after7, null, { is: 'leave', at: days(9) }],
    ['will leave later than was known', inside(days(5)), after7, days(9), { is: 'leave', at: days(12) }],
    ['asks again', out, { what: 'askAgain', grace: 'P7D' }, null, { is: 'leave', at: days(7) }],
  ] as const)('%s', (_what, stay, rule, planned, step) => {
    expect(decideLeaving(stay, rule, planned, now)).toEqual(step);
  });

  test('does so by the rule of an automatic policy, or by what is settled, for privileged roles apart', () => {
    const automatic = (removes: boolean) => ({
      automaticRequestSettings: {
        requestAccessForAllowedTargets: true,
        removeAccessWhenTargetLeavesAllowedTargets: removes,
        gracePeriodBeforeAccessRemoval: null,
      },
    });
    expect(leavingRule(automatic(true), settings, false)).toEqual(atOnce);
    expect(leavingRule(automatic(false), settings, true)).toEqual({ what: 'end', grace: 'P3D' });
    expect(leavingRule({ automaticRequestSettings: null }, settings, false)).toEqual({
      what: 'askAgain',
      grace: 'P3D',
    });
  });
});
