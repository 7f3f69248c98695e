import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { PolicyBody } from '../policy/contract.ts';
import { documentOf } from '../policy/document.ts';
import type { AssignmentPolicy } from '../policy/model.ts';
import { decideAdminAdd, decideUserAdd, type Submission, type SubmissionFacts } from './decisions.ts';

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
  return {
    id,
    packageId: 'package',
    document: documentOf(body, newId),
    allowsSameApproverInSeveralStages: false,
    createdAt: now,
    modifiedAt: now,
    authorId: null,
  };
}

const facts: SubmissionFacts = {
  catalog: { state: 'published', isExternallyVisible: false },
  policies: [policy('first')],
  target: { userId, isMember: true, groupIds: new Set() },
  isTargetUsable: true,
  hasPending: false,
  hasAssignment: false,
  full: null,
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

describe('§1.11 §1.23 §1.26 asking for oneself', () => {
  const cases: [string, Partial<Submission>, Partial<SubmissionFacts>, string][] = [
    ['with a disabled account', {}, { isTargetUsable: false }, 'AccountNotUsable'],
    [
      'in a catalog that is not open',
      {},
      { catalog: { state: 'unpublished', isExternallyVisible: false } },
      'CatalogNotPublished',
    ],
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

  test('§1.17 is taken by the one policy that applies, or the one that is chosen', () => {
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
