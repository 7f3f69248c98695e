import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { after, type Instant, isBefore, parseDuration } from '../kernel/time.ts';
import { type Candidates, chooseApprovers } from './approvers.ts';
import { decideTakeBack, decideVote } from './decisions.ts';
import type { Approval, ApprovalState } from './model.ts';
import { deadlineOf, escalated, progressOf } from './progress.ts';

const people = ['requestor', 'subject', 'ann', 'ben', 'cem', 'dee'] as const;
const opened = Temporal.Instant.from('2027-01-04T12:00:00Z');

type Move =
  | { readonly is: 'vote'; readonly who: Id; readonly stage: number; readonly decision: 'approve' | 'deny' }
  | { readonly is: 'wait'; readonly minutes: number }
  | { readonly is: 'leave' | 'return' | 'takeBack'; readonly who: Id }
  | { readonly is: 'withdraw' };

const somebody = fc.constantFrom(...people);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('vote' as const),
      who: somebody,
      stage: fc.integer({ min: 1, max: 4 }),
      decision: fc.constantFrom('approve' as const, 'approve' as const, 'deny' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 2000 }) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('leave' as const, 'return' as const), who: somebody }) },
  { weight: 1, arbitrary: fc.constant({ is: 'withdraw' as const }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('takeBack' as const), who: somebody }) },
);

const candidates = fc.record({
  primary: fc.array(somebody, { maxLength: 3 }),
  fallback: fc.array(somebody, { maxLength: 3 }),
  alternates: fc.array(somebody, { maxLength: 3 }),
  alternateFallback: fc.array(somebody, { maxLength: 3 }),
});
type Found = Required<Candidates>;
const stages = fc.array(
  fc.record({
    candidates,
    decisionTime: fc.constantFrom('P1D', 'PT1H', 'P2D'),
    escalatesAfter: fc.constantFrom('PT30M', 'PT12H', 'P1D'),
  }),
  { minLength: 1, maxLength: 3 },
);

interface World {
  approval: Approval;
  now: Instant;
  readonly gone: Set<Id>;
}

/** Plays a move as the operation does: people are looked up, the production functions decide. */
function play(world: World, found: readonly Found[], one: Move): void {
  switch (one.is) {
    case 'wait':
      world.now = world.now.add({ minutes: one.minutes });
      return;
    case 'leave':
      world.gone.add(one.who);
      return;
    case 'return':
      world.gone.delete(one.who);
      return;
    case 'withdraw':
      if (progressOf(world.approval, world.now).is === 'pending')
        world.approval = { ...world.approval, withdrawnAt: world.now };
      return;
    case 'takeBack': {
      const outcome = decideTakeBack({ voterId: one.who, reason: 'A mistake' }, world.approval, world.now);
      if (outcome.is === 'refused') return;
      const votes = world.approval.votes.map((vote) => (vote.stage === outcome.value.stage ? outcome.value : vote));
      world.approval = { ...world.approval, votes };
      return;
    }
    case 'vote': {
      const chosen = chooseApprovers(
        world.approval,
        one.stage,
        found[one.stage - 1] ?? { primary: [], fallback: [] },
        (id) => !world.gone.has(id),
      );
      const command = { stageId: `stage-${one.stage}`, voterId: one.who, decision: one.decision, justification: '' };
      expect(chosen.userIds.filter((id) => chosen.alternateIds.includes(id))).toEqual([]);
      const isEscalated = escalated(world.approval, world.now)?.stage === one.stage;
      const approvers = new Set([...chosen.userIds, ...(isEscalated ? chosen.alternateIds : [])]);
      const outcome = decideVote(command, { approval: world.approval, approvers }, world.now);
      if (outcome.is === 'accepted')
        world.approval = { ...world.approval, votes: [...world.approval.votes, outcome.value] };
    }
  }
}

function mustHold({ approval, now }: World, before: ApprovalState): void {
  const state = progressOf(approval, now);
  const voters = approval.votes.map((vote) => vote.voterId);
  if (approval.allowsSameApproverInSeveralStages !== true) expect(new Set(voters).size).toBe(voters.length);
  expect(voters).not.toContain('requestor');
  expect(voters).not.toContain('subject');
  let opensAt = approval.openedAt;
  for (const [index, vote] of approval.votes.entries()) {
    expect(vote.stage).toBe(index + 1);
    const stage = approval.stages[index];
    expect(stage !== undefined && isBefore(vote.at, deadlineOf(stage, opensAt))).toBe(true);
    opensAt = vote.at;
  }
  if (state.is === 'approved') {
    expect(approval.votes.filter((vote) => vote.decision === 'approve')).toHaveLength(approval.stages.length);
  }
  if (before.is !== 'pending') expect(state).toEqual(before);
}

describe('an approval, whatever people do', () => {
  test('is approved by distinct people, each stage in time, never by who gains, and stays as it ended', () => {
    fc.assert(
      fc.property(stages, fc.array(move, { maxLength: 30 }), fc.boolean(), (drawn, moves, allowsSame) => {
        const world: World = {
          now: opened,
          gone: new Set(),
          approval: {
            id: 'approval',
            door: 'package',
            requestorId: 'requestor',
            subjectId: 'subject',
            about: null,
            justification: null,
            openedAt: opened,
            withdrawnAt: null,
            correlation: 'story',
            votes: [],
            allowsSameApproverInSeveralStages: allowsSame,
            stages: drawn.map(({ decisionTime, escalatesAfter }, index) => ({
              id: `stage-${index + 1}`,
              primary: [],
              fallback: [],
              decisionTime,
              isApproverJustificationRequired: false,
              escalation: { after: escalatesAfter, alternates: [], fallback: [] },
            })),
          },
        };
        for (const one of moves) {
          const before = progressOf(world.approval, world.now);
          play(
            world,
            drawn.map((stage) => stage.candidates),
            one,
          );
          mustHold(world, before);
        }
      }),
    );
  });

  test('that nobody decides has timed out on the microsecond of its deadline', () => {
    fc.assert(
      fc.property(fc.constantFrom('P1D', 'P14D', 'PT36H'), (decisionTime) => {
        const facts = {
          openedAt: opened,
          withdrawnAt: null,
          votes: [],
          stages: [{ id: 'one', primary: [], fallback: [], decisionTime, isApproverJustificationRequired: false }],
        };
        const deadline = after(opened, parseDuration(decisionTime) ?? new Temporal.Duration());
        expect(progressOf(facts, deadline).is).toBe('timedOut');
        expect(progressOf(facts, deadline.subtract({ microseconds: 1 })).is).toBe('pending');
      }),
    );
  });
});
