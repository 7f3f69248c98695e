import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { PolicyBody } from '../policy/contract.ts';
import { documentOf } from '../policy/document.ts';
import type { AssignmentPolicy } from '../policy/model.ts';
import { decideAdminAdd, decideUserAdd, type Submission, type SubmissionFacts } from './decisions.ts';
import { type AskedSchedule, askedExpiration } from './schedule.ts';

const now = Temporal.Instant.from('2027-01-04T12:00:00Z');
const userId = newId();

function policy(id: string, changes: PolicyBody = {}): AssignmentPolicy {
  const body: PolicyBody = {
    displayName: id,
    allowedTargetScope: 'allMemberUsers',
    requestorSettings: { enableTargetsToSelfAddAccess: true },
    expiration: { type: 'afterDuration', duration: 'PT8H' },
    ...changes,
  };
  return { id, packageId: 'package', document: documentOf(body, newId), createdAt: now, modifiedAt: now };
}

const facts: SubmissionFacts = {
  catalog: { state: 'published' },
  policies: [policy('first')],
  target: { userId, isMember: true, groupIds: new Set() },
  isTargetUsable: true,
  hasPending: false,
  hasAssignment: false,
};
const submission: Submission = { policyId: null, justification: null, answers: [], schedule: null };
const elsewhere: PolicyBody = {
  allowedTargetScope: 'specificDirectoryUsers',
  specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.singleUser', userId: newId() }],
};
const justified: PolicyBody = { requestApprovalSettings: { isRequestorJustificationRequired: true } };
const asking: PolicyBody = {
  questions: [{ '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', text: 'Ticket', isRequired: true }],
};

describe('asking for oneself', () => {
  const cases: [string, Partial<Submission>, Partial<SubmissionFacts>, string][] = [
    ['with a disabled account', {}, { isTargetUsable: false }, 'AccountNotUsable'],
    ['in a catalog that is not open', {}, { catalog: { state: 'unpublished' } }, 'CatalogNotPublished'],
    ['outside the scope', {}, { policies: [policy('other', elsewhere)] }, 'RequestorNotInScope'],
    [
      'where only administrators give',
      {},
      { policies: [policy('direct', { allowedTargetScope: 'notSpecified' })] },
      'RequestorNotInScope',
    ],
    ['by a policy of another package', { policyId: 'third' }, {}, 'ResourceNotFound'],
    [
      'by a policy that is outranked',
      { policyId: 'all' },
      { policies: [policy('first'), policy('all', { allowedTargetScope: 'allDirectoryUsers' })] },
      'RequestorNotInScope',
    ],
    ['without choosing between two', {}, { policies: [policy('first'), policy('second')] }, 'PolicyChoiceRequired'],
    ['while another request waits', {}, { hasPending: true }, 'RequestPending'],
    ['for what is there already', {}, { hasAssignment: true }, 'AlreadyAssigned'],
    ['without saying why', { justification: ' ' }, { policies: [policy('first', justified)] }, 'JustificationRequired'],
    ['without answering', {}, { policies: [policy('first', asking)] }, 'AnswerRequired'],
    [
      "for a time of one's own",
      { schedule: { expiration: { type: 'afterDuration', duration: 'PT1H' } } },
      {},
      'ScheduleNotAllowed',
    ],
  ];
  test.each(cases)('%s is refused', (_name, sent, met, code) => {
    expect(decideUserAdd({ ...submission, ...sent }, { ...facts, ...met }, now)).toMatchObject({ refusal: { code } });
  });

  test('is taken by the one policy that applies, or the one that is chosen', () => {
    const both = { ...facts, policies: [policy('first'), policy('second')] };
    expect(decideUserAdd(submission, facts, now)).toMatchObject({
      value: { policy: { id: 'first' }, justification: null },
    });
    expect(decideUserAdd({ ...submission, policyId: 'second' }, both, now)).toMatchObject({
      value: { policy: { id: 'second' } },
    });
  });
});

describe('giving to somebody', () => {
  const cases: [string, Partial<Submission>, Partial<SubmissionFacts>, string][] = [
    ['who cannot sign in', {}, { isTargetUsable: false }, 'TargetNotUsable'],
    ['outside the scope', {}, { policies: [policy('other', elsewhere)] }, 'TargetNotInScope'],
    [
      'without choosing between two policies',
      {},
      { policies: [policy('first'), policy('second')] },
      'PolicyChoiceRequired',
    ],
    ['by no policy', {}, { policies: [] }, 'ResourceNotFound'],
    ['who has it', {}, { hasAssignment: true }, 'AlreadyAssigned'],
    ['who waits for it', {}, { hasPending: true }, 'RequestPending'],
  ];
  test.each(cases)('%s is refused', (_name, sent, met, code) => {
    expect(decideAdminAdd({ ...submission, ...sent }, { ...facts, ...met }, now)).toMatchObject({ refusal: { code } });
  });

  test('asks neither why nor the questions, and reaches whom no policy lets ask', () => {
    const direct = policy('direct', { ...asking, ...justified, allowedTargetScope: 'notSpecified' });
    expect(decideAdminAdd(submission, { ...facts, policies: [direct] }, now)).toMatchObject({
      value: { policy: { id: 'direct' } },
    });
  });
});

describe('the end that a request asks for', () => {
  const open = policy('open', {
    requestorSettings: { allowCustomAssignmentSchedule: true },
    expiration: { type: 'afterDuration', duration: 'PT8H' },
  }).document;
  const until = (endDateTime: string): AskedSchedule => ({ expiration: { endDateTime } });

  test.each<[string, AskedSchedule | null, string]>([
    ['nothing', null, 'PT8H'],
    ['an empty schedule', { startDateTime: null, expiration: { type: 'notSpecified' }, recurrence: null }, 'PT8H'],
    ['a shorter time', { expiration: { duration: 'PT2H' } }, 'PT2H'],
  ])('is met: %s', (_name, asked, length) => {
    expect(askedExpiration(asked, open, now)).toMatchObject({ value: { type: 'afterDuration', duration: length } });
  });

  test.each<[string, AskedSchedule, string]>([
    ['later than the policy says', { expiration: { duration: 'PT9H' } }, 'ExpirationTooLate'],
    ['never', { expiration: { type: 'noExpiration' } }, 'ExpirationTooLate'],
    ['in the past', until('2027-01-04T11:00:00Z'), 'ExpirationPassed'],
    ['with a start in the future', { startDateTime: '2027-01-05T12:00:00Z' }, 'ScheduleNotSupported'],
    ['again and again', { recurrence: { pattern: {} } }, 'ScheduleNotSupported'],
    ['of a length that is not said', { expiration: { type: 'afterDuration' } }, 'ExpirationNotValid'],
    ['of a length of nothing', { expiration: { duration: 'PT0S' } }, 'ExpirationNotValid'],
    ['at a time that is not said', { expiration: { type: 'afterDateTime' } }, 'ExpirationNotValid'],
  ])('is refused: %s', (_name, asked, code) => {
    expect(askedExpiration(asked, open, now)).toMatchObject({ refusal: { code } });
  });

  test('nothing is asked for once the day has passed on which all assignments end', () => {
    const ends = { type: 'afterDateTime', endDateTime: now.toString(), duration: null } as const;
    const ended = { ...open, expiration: ends };
    expect(askedExpiration(null, ended, now)).toMatchObject({ refusal: { kind: 'invalid', code: 'ExpirationPassed' } });
    const before = now.subtract({ microseconds: 1 });
    expect(askedExpiration(null, ended, before)).toMatchObject({ is: 'accepted' });
  });
});
