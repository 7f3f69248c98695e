import { describe, expect, test } from 'vitest';
import { chooseApprovers } from './approvers.ts';
import { type DecideStage, decideTakeBack, decideVote } from './decisions.ts';
import type { Approval, Vote } from './model.ts';

const opened = Temporal.Instant.from('2027-01-04T12:00:00Z');
const later = (hours: number) => opened.add({ hours });

const approval: Approval = {
  id: 'request',
  door: 'package',
  requestorId: 'requestor',
  subjectId: 'subject',
  stages: ['one', 'two'].map((id) => ({
    id,
    primary: [],
    fallback: [],
    decisionTime: 'P1D',
    isApproverJustificationRequired: id === 'one',
  })),
  about: null,
  justification: null,
  openedAt: opened,
  withdrawnAt: null,
  correlation: 'story',
  votes: [],
};

function voted(stage: number, voterId: string, decision: Vote['decision'] = 'approve'): Vote {
  return { stage, voterId, decision, justification: '', at: later(1) };
}

const approve: DecideStage = { stageId: 'one', voterId: 'manager', decision: 'approve', justification: 'Needed' };
const second: DecideStage = { ...approve, stageId: 'two', voterId: 'ciso' };
const passed: Approval = { ...approval, votes: [voted(1, 'manager')] };
const denied: Approval = { ...approval, votes: [voted(1, 'manager', 'deny')] };

describe('§1.4 §1.8 §1.11 deciding a stage', () => {
  const cases: [string, DecideStage, Approval, string[], number, string][] = [
    ['unknown stage', { ...approve, stageId: 'three' }, approval, ['manager'], 2, 'ApprovalStageNotFound'],
    [
      'the requestor, even if listed',
      { ...approve, voterId: 'requestor' },
      approval,
      ['requestor'],
      2,
      'OwnRequestNotDecidable',
    ],
    [
      'the subject, even if listed',
      { ...approve, voterId: 'subject' },
      approval,
      ['subject'],
      2,
      'OwnRequestNotDecidable',
    ],
    ['somebody else', { ...approve, voterId: 'stranger' }, approval, ['manager'], 2, 'NotAnApprover'],
    ['no justification', { ...approve, justification: '  ' }, approval, ['manager'], 2, 'JustificationRequired'],
    ['second stage first', second, approval, ['ciso'], 2, 'ApprovalStageNotOpen'],
    [
      'stage decided already',
      { ...approve, voterId: 'deputy' },
      passed,
      ['manager', 'deputy'],
      2,
      'ApprovalStageDecided',
    ],
    ['twice by the same person', approve, passed, ['manager'], 2, 'ApprovalStageDecided'],
    ['a stranger on a decided stage', { ...approve, voterId: 'stranger' }, passed, ['manager'], 2, 'NotAnApprover'],
    [
      'the same person in both stages',
      { ...second, voterId: 'manager' },
      passed,
      ['manager'],
      2,
      'DistinctApproversRequired',
    ],
    ['at the deadline', approve, approval, ['manager'], 24, 'ApprovalStageExpired'],
    ['after a denial', second, denied, ['ciso'], 2, 'ApprovalClosed'],
    ['after a cancellation', approve, { ...approval, withdrawnAt: later(1) }, ['manager'], 2, 'ApprovalClosed'],
  ];
  test.each(cases)('%s is refused', (_name, command, facts, approvers, hours, code) => {
    const outcome = decideVote(command, { approval: facts, approvers: new Set(approvers) }, later(hours));
    expect(outcome).toMatchObject({ is: 'refused', refusal: { code } });
  });

  test('an approver in time is heard', () => {
    const outcome = decideVote(approve, { approval, approvers: new Set(['manager']) }, later(23));
    expect(outcome).toMatchObject({ is: 'accepted', value: { stage: 1, voterId: 'manager', justification: 'Needed' } });
  });

  test('§1.11 justification is asked for only where the stage says so', () => {
    const outcome = decideVote(
      { ...second, justification: '' },
      { approval: passed, approvers: new Set(['ciso']) },
      later(2),
    );
    expect(outcome.is).toBe('accepted');
  });
});

describe('who can decide a stage', () => {
  const all = () => true;
  test('primary approvers, each once', () => {
    expect(chooseApprovers(approval, 1, { primary: ['b', 'a', 'b'], fallback: ['c'] }, all)).toEqual({
      userIds: ['a', 'b'],
      source: 'primary',
      alternateIds: [],
      alternateSource: 'alternateFallback',
    });
  });
  test.each([
    ['nobody is found', []],
    ['the manager is gone', ['gone']],
    ['the requestor is their own manager', ['requestor']],
    ['the manager is the one who is to receive', ['subject']],
    ['the manager has decided the other stage', ['voter']],
  ])('fallback when %s', (_name, primary) => {
    const facts = { ...approval, votes: [voted(2, 'voter')] };
    const chosen = chooseApprovers(facts, 1, { primary, fallback: ['c', 'requestor'] }, (id) => id !== 'gone');
    expect(chosen).toMatchObject({ userIds: ['c'], source: 'fallback' });
  });
});

describe('alternates', () => {
  const choose = (candidates: Parameters<typeof chooseApprovers>[2], facts = approval) =>
    chooseApprovers(facts, 1, candidates, (id) => id !== 'gone');

  test('are asked besides, and nobody twice', () => {
    expect(choose({ primary: ['a'], fallback: ['b'], alternates: ['a', 'c', 'b', 'c'] })).toEqual({
      userIds: ['a'],
      source: 'primary',
      alternateIds: ['b', 'c'],
      alternateSource: 'alternate',
    });
  });

  test('who are asked in an approver’s stead already are no alternates', () => {
    expect(choose({ primary: ['gone'], fallback: ['b'], alternates: ['b'], alternateFallback: ['b', 'd'] })).toEqual({
      userIds: ['b'],
      source: 'fallback',
      alternateIds: ['d'],
      alternateSource: 'alternateFallback',
    });
  });

  test.each([['requestor'], ['subject'], ['voter'], ['gone']])('%s never is one', (who) => {
    const facts = { ...approval, votes: [voted(2, 'voter')] };
    const chosen = choose({ primary: ['a'], fallback: [], alternates: [who], alternateFallback: [who] }, facts);
    expect(chosen.alternateIds).toEqual([]);
  });
});

describe('pain 9: one person in several stages', () => {
  const allowed = { ...passed, allowsSameApproverInSeveralStages: true };
  test('counts where the policy allows it', () => {
    const outcome = decideVote(
      { ...second, voterId: 'manager' },
      { approval: allowed, approvers: new Set(['manager']) },
      later(2),
    );
    expect(outcome.is).toBe('accepted');
    expect(chooseApprovers(allowed, 2, { primary: ['manager'], fallback: [] }, () => true).userIds).toEqual([
      'manager',
    ]);
  });

  test('is never who gains by it', () => {
    for (const voterId of ['requestor', 'subject']) {
      const facts = { approval: allowed, approvers: new Set([voterId]) };
      expect(decideVote({ ...second, voterId }, facts, later(2))).toMatchObject({
        refusal: { code: 'OwnRequestNotDecidable' },
      });
      expect(chooseApprovers(allowed, 2, { primary: [voterId], fallback: [voterId] }, () => true).userIds).toEqual([]);
    }
  });
});

describe('taking an approval back', () => {
  const takeBack = { voterId: 'manager', reason: 'A mistake' };
  test('is for who gave it, with a reason, while something is to decide', () => {
    expect(decideTakeBack(takeBack, passed, later(2))).toMatchObject({ value: { stage: 1, takenBackAt: later(2) } });
  });
  test.each([
    ['who has not decided', { ...takeBack, voterId: 'ciso' }, passed, 2, 'ApprovalNotGiven'],
    ['who has denied', takeBack, denied, 2, 'ApprovalNotGiven'],
    ['without a reason', { ...takeBack, reason: ' ' }, passed, 2, 'JustificationRequired'],
    ['after the deadline', takeBack, passed, 25, 'ApprovalClosed'],
    ['after a cancellation', takeBack, { ...passed, withdrawnAt: later(2) }, 3, 'ApprovalClosed'],
    ['after the end', takeBack, { ...approval, votes: [voted(1, 'manager'), voted(2, 'ciso')] }, 3, 'ApprovalClosed'],
  ] as const)('%s is refused', (_name, command, facts, hours, code) => {
    expect(decideTakeBack(command, facts, later(hours))).toMatchObject({ refusal: { code } });
  });
});
