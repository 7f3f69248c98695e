import { describe, expect, test } from 'vitest';
import { accept } from '../../src/kernel/outcome.ts';
import { explore } from './explore.ts';
import { production, type Rules } from './moves.ts';

const deep = process.env['SALLYPORT_DEEP'] === '1';
const depth = deep ? 13 : 10;

describe('all that can happen at both doors', () => {
  test('§1.2 §1.3 §1.8 §5.9 keeps every invariant', { timeout: 900_000 }, () => {
    const { states, transitions, codes, reached, breach } = explore(production, depth);
    console.log(
      `${depth} moves deep: ${states} states, ${transitions} transitions, refusals ${[...codes].sort().join(' ')}`,
    );
    expect(breach).toBeNull();
    // The exploration must not shrink without being noticed.
    expect([...reached].sort()).toEqual(
      expect.arrayContaining([
        'add canceled',
        'add delivered',
        'add denied',
        'add pendingApproval',
        'update canceled',
        'update delivered',
        'update pendingApproval',
      ]),
    );
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'OwnRequestNotDecidable',
        'DistinctApproversRequired',
        'NotAnApprover',
        'RequestPending',
        'AlreadyAssigned',
        'AssignmentEnded',
        'RoleAssignmentExists',
      ]),
    );
    expect(states).toBeGreaterThan(deep ? 300_000 : 19_000);
  });
});

describe('a mutant is found', () => {
  const mutants: Readonly<Record<string, Partial<Rules>>> = {
    'anybody counts as an approver of an open stage': {
      chooseApprovers: (approval, stage, candidates) => ({
        ...production.chooseApprovers(approval, stage, candidates, () => true),
        userIds: [...candidates.primary],
      }),
      decideVote: (command, facts, now) => {
        const progress = production.progressOf(facts.approval, now);
        const stage = progress.is === 'pending' ? progress.stage : 0;
        if (!facts.approvers.has(command.voterId) || command.stageId !== `stage-${stage}`)
          return production.decideVote(command, facts, now);
        return accept({ stage, voterId: command.voterId, decision: command.decision, justification: '', at: now });
      },
    },
    'a late vote is heard': {
      progressOf: (facts) => production.progressOf(facts, facts.openedAt),
      decideVote: (command, facts) => production.decideVote(command, facts, facts.approval.openedAt),
    },
    'the last stage is left out': {
      stepAfter: (approval) =>
        approval.is === 'pending' && approval.stage > 1 ? { is: 'deliver' } : production.stepAfter(approval),
    },
    'what has ended is extended': {
      decideUpdate: (by, submission, facts, now) =>
        production.decideUpdate(
          by,
          submission,
          { ...facts, assignment: { ...facts.assignment, endedAt: null, endsAt: now.add({ hours: 1 }) } },
          now,
        ),
      decideExtension: (assignment, extension, now) =>
        production.decideExtension({ ...assignment, endedAt: null, endsAt: now.add({ hours: 1 }) }, extension, now),
    },
    'a request that was denied is cancelled': {
      cancel: (_state, _by, now) => accept({ is: 'canceled', at: now }),
    },
    'an activation outlives what it hangs on': {
      cappedWindow: (asked) => production.cappedWindow({ ...asked, links: [] }),
    },
    'an ended eligibility still opens the second door': {
      isLive: () => true,
      cappedWindow: (asked) => production.cappedWindow({ ...asked, links: [] }),
    },
    'one asks twice at once': {
      decideUserAdd: (submission, facts, now) =>
        production.decideUserAdd(submission, { ...facts, hasPending: false, hasAssignment: false }, now),
    },
    'the maximum of an activation is forgotten': {
      decideActivation: (schedule, evidence, facts, now) => {
        const decided = production.decideActivation(schedule, evidence, facts, now);
        if (decided.is === 'refused') return decided;
        return accept({ ...decided.value, window: { ...decided.value.window, until: now.add({ hours: 9 }) } });
      },
    },
    'a denial is passed over': {
      stepAfter: (approval) => (approval.is === 'denied' ? { is: 'deliver' } : production.stepAfter(approval)),
    },
  };

  test.each(Object.keys(mutants))('%s', { timeout: 300_000 }, (name) => {
    const { breach, states } = explore({ ...production, ...mutants[name] }, 8);
    expect(breach, `not found in ${states} states`).not.toBeNull();
    console.log(`${name}: ${breach?.name}\n  ${breach?.way.join('\n  ')}`);
  });
});
