import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageSnapshot, Vote } from './model.ts';
import { approvalTransitions, escalated, type ProgressFacts, progressOf } from './progress.ts';

const at = (text: string) => Temporal.Instant.from(text);
const noon = at('2027-01-04T12:00:00Z');

function stage(id: string, decisionTime = 'P1D'): StageSnapshot {
  return { id, primary: [], fallback: [], decisionTime, isApproverJustificationRequired: false };
}

function vote(position: number, decision: Vote['decision'], when: string, voterId = `voter-${position}`): Vote {
  return { stage: position, voterId, decision, justification: '', at: at(when) };
}

const two: ProgressFacts = {
  stages: [stage('one'), stage('two', 'PT12H')],
  openedAt: noon,
  withdrawnAt: null,
  votes: [],
};
const first = vote(1, 'approve', '2027-01-04T15:00:00Z');

describe('how an approval stands', () => {
  const cases: [string, ProgressFacts, string, object][] = [
    [
      'nothing decided',
      two,
      '2027-01-04T12:00:00Z',
      { is: 'pending', stage: 1, opensAt: noon, deadline: at('2027-01-05T12:00:00Z') },
    ],
    ['just before the first deadline', two, '2027-01-05T11:59:59.999999Z', { is: 'pending', stage: 1 }],
    [
      'stage 1 timed out, on the microsecond',
      two,
      '2027-01-05T12:00:00Z',
      { is: 'timedOut', stage: 1, at: at('2027-01-05T12:00:00Z') },
    ],
    [
      'stage 2 opens with the vote of stage 1',
      { ...two, votes: [first] },
      '2027-01-04T15:00:00Z',
      { is: 'pending', stage: 2, opensAt: first.at, deadline: at('2027-01-05T03:00:00Z') },
    ],
    ['stage 2 timed out', { ...two, votes: [first] }, '2027-01-05T03:00:00Z', { is: 'timedOut', stage: 2 }],
    [
      'denied in stage 1',
      { ...two, votes: [vote(1, 'deny', '2027-01-04T13:00:00Z')] },
      '2028-01-01T00:00:00Z',
      { is: 'denied', stage: 1, by: 'voter-1' },
    ],
    [
      'denied in stage 2',
      { ...two, votes: [first, vote(2, 'deny', '2027-01-04T16:00:00Z')] },
      '2028-01-01T00:00:00Z',
      { is: 'denied', stage: 2 },
    ],
    [
      'approved by all',
      { ...two, votes: [first, vote(2, 'approve', '2027-01-04T16:00:00Z')] },
      '2028-01-01T00:00:00Z',
      { is: 'approved', at: at('2027-01-04T16:00:00Z') },
    ],
    [
      'a late vote counts for nothing',
      { ...two, votes: [vote(1, 'approve', '2027-01-05T12:00:00Z')] },
      '2027-01-05T12:00:00Z',
      { is: 'timedOut', stage: 1 },
    ],
    ['withdrawn', { ...two, withdrawnAt: first.at }, '2028-01-01T00:00:00Z', { is: 'withdrawn', stage: 1 }],
    ['without stages', { ...two, stages: [] }, '2027-01-04T12:00:00Z', { is: 'approved', at: noon }],
  ];
  test.each(cases)('%s', (_name, facts, now, expected) => {
    expect(progressOf(facts, at(now))).toMatchObject(expected);
  });
});

type Deed = 'approve' | 'deny' | 'withdraw' | 'wait';

/** What there is after somebody tried to do something: nothing is done to an approval that is not pending. */
function afterDeed(facts: ProgressFacts, does: Deed, now: Temporal.Instant): ProgressFacts {
  const state = progressOf(facts, now);
  if (state.is !== 'pending' || does === 'wait') return facts;
  if (does === 'withdraw') return { ...facts, withdrawnAt: now };
  return { ...facts, votes: [...facts.votes, vote(state.stage, does, now.toString())] };
}

test('an approval moves along its table, whatever people do', () => {
  const deed = fc.constantFrom<Deed>('approve', 'approve', 'deny', 'withdraw', 'wait');
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(fc.tuple(deed, fc.nat({ max: 20 })), { maxLength: 6 }), (deeds) => {
      let facts = two;
      let now = noon;
      const states = [progressOf(facts, now).is];
      for (const [does, hours] of deeds) {
        now = now.add({ hours });
        states.push(progressOf(facts, now).is);
        facts = afterDeed(facts, does, now);
        states.push(progressOf(facts, now).is);
      }
      for (const [at, next] of states.slice(1).entries()) {
        const before = states[at] ?? next;
        if (before !== next) expect(approvalTransitions[before]).toContain(next);
        seen.add(next);
      }
    }),
  );
  expect([...seen].sort()).toEqual(Object.keys(approvalTransitions).sort());
});

describe('escalation', () => {
  const escalating = { ...stage('one', 'P4D'), escalation: { after: 'P1D', alternates: [], fallback: [] } };
  const facts: ProgressFacts = { stages: [escalating, escalating], openedAt: noon, withdrawnAt: null, votes: [] };
  const next = at('2027-01-05T12:00:00Z');
  const justBefore = at('2027-01-05T11:59:59.999999Z');

  test('§1.7 comes on the microsecond, whether or not anybody does anything', () => {
    expect(progressOf(facts, noon)).toMatchObject({ is: 'pending', escalatesAt: next });
    expect(escalated(facts, justBefore)).toBeNull();
    expect(escalated(facts, next)).toEqual({ stage: 1, at: next });
  });

  test('counts from the opening of its own stage', () => {
    const passed = { ...facts, votes: [vote(1, 'approve', '2027-01-06T12:00:00Z')] };
    expect(escalated(passed, at('2027-01-07T11:59:59Z'))).toBeNull();
    expect(escalated(passed, at('2027-01-07T12:00:00Z'))).toEqual({ stage: 2, at: at('2027-01-07T12:00:00Z') });
  });

  test('has come to a stage that timed out since, and to none that was decided or withdrawn before', () => {
    expect(escalated(facts, at('2027-02-01T12:00:00Z'))).toEqual({ stage: 1, at: next });
    const denied = { ...facts, votes: [vote(1, 'deny', '2027-01-04T13:00:00Z')] };
    expect(escalated(denied, at('2027-02-01T12:00:00Z'))).toBeNull();
    expect(escalated({ ...facts, withdrawnAt: justBefore }, at('2027-02-01T12:00:00Z'))).toBeNull();
  });

  test('never comes at or after the end of the time to decide', () => {
    const late = { ...facts, stages: [{ ...escalating, decisionTime: 'P1D' }] };
    expect(progressOf(late, noon)).toMatchObject({ escalatesAt: null });
  });
});

test('an approval that is taken back denies the request, unless the request had ended before', () => {
  const regretted = { ...first, takenBackAt: at('2027-01-04T16:00:00Z') };
  const later = at('2028-01-01T00:00:00Z');
  expect(progressOf({ ...two, votes: [regretted] }, later)).toEqual({
    is: 'denied',
    at: regretted.takenBackAt,
    by: 'voter-1',
    stage: 1,
  });
  const all = [regretted, vote(2, 'approve', '2027-01-04T15:30:00Z')];
  expect(progressOf({ ...two, votes: all }, later)).toMatchObject({ is: 'approved' });
  const tooLate = { ...first, takenBackAt: at('2027-01-05T03:00:00Z') };
  expect(progressOf({ ...two, votes: [tooLate] }, later)).toMatchObject({ is: 'timedOut', stage: 2 });
});
