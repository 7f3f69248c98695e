import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { Assignment } from '../assignment/model.ts';
import { documentOf } from '../policy/document.ts';
import type { AssignmentPolicy } from '../policy/model.ts';
import type { Submission } from './decisions.ts';
import { decideUpdate, type UpdateFacts, type Updater } from './extension.ts';

const now = Temporal.Instant.from('2030-01-20T08:00:00Z');
const holder = newId();
const assignment: Assignment = {
  id: newId(),
  packageId: newId(),
  policyId: newId(),
  targetId: holder,
  startsAt: Temporal.Instant.from('2030-01-01T08:00:00Z'),
  endsAt: Temporal.Instant.from('2030-01-31T08:00:00Z'),
  endedAt: null,
  binding: { by: 'policy' },
  correlation: newId(),
};

function policy(settings: object = {}, more: object = {}): AssignmentPolicy {
  const body = {
    displayName: 'P',
    accessPackage: { id: assignment.packageId },
    allowedTargetScope: 'allMemberUsers' as const,
    expiration: { type: 'afterDuration' as const, duration: 'P30D' },
    requestorSettings: { enableTargetsToSelfUpdateAccess: true, ...settings },
    ...more,
  };
  return {
    id: assignment.policyId,
    packageId: assignment.packageId,
    document: documentOf(body as never, newId),
    allowsSameApproverInSeveralStages: false,
    createdAt: now,
    modifiedAt: now,
    authorId: null,
  };
}

const facts: UpdateFacts = {
  assignment,
  policy: policy(),
  target: { userId: holder, isMember: true, groupIds: new Set() },
  isTargetUsable: true,
  hasPending: false,
  limits: [],
  answers: [],
};
const asked: Omit<Submission, 'policyId'> = { justification: 'Still needed', answers: [], schedule: null };
const until = (endDateTime: string) => ({ expiration: { type: 'afterDateTime' as const, endDateTime } });
const decide = (by: Updater, sent: object = {}, met: object = {}) =>
  decideUpdate(by, { ...asked, ...sent }, { ...facts, ...met }, now);

describe('§2.2 the end of an assignment is moved', () => {
  test.each<[string, Updater, object, object, string]>([
    ['later by its holder, as the policy would give it now', 'target', {}, {}, 'P30D'],
    [
      'by whoever may act for them',
      'onBehalf',
      {},
      { policy: policy({ enableOnBehalfRequestorsToUpdateAccess: true }) },
      'P30D',
    ],
    [
      'by an administrator, whatever the policy lets people do',
      'administrator',
      {},
      { policy: policy({ enableTargetsToSelfUpdateAccess: false }) },
      'P30D',
    ],
  ])('%s', (_name, by, sent, met, duration) => {
    expect(decide(by, sent, met)).toMatchObject({
      is: 'accepted',
      value: { endsBy: 'policy', startsAt: null, expiration: { duration } },
    });
  });

  test('to a day that is asked for, within what the policy gives', () => {
    const schedule = until('2030-02-10T00:00:00Z');
    expect(decide('target', { schedule })).toMatchObject({ is: 'accepted', value: { endsBy: 'requested' } });
  });

  test('nearer by an administrator alone', () => {
    const schedule = until('2030-01-22T00:00:00Z');
    expect(decide('administrator', { schedule })).toMatchObject({ is: 'accepted' });
    expect(decide('target', { schedule })).toMatchObject({ refusal: { code: 'ExtensionNotLater' } });
  });
});

describe('§2.2 the end of an assignment stays', () => {
  const ended = { ...assignment, endedAt: now };
  const leaving = { ...assignment, endedAt: now.add({ hours: 24 }) };
  const shorter = policy({}, { expiration: { type: 'afterDuration', duration: 'P5D' } });
  const limit = { at: now.add({ hours: 24 }), by: 'eligibilityMaximum' as const, id: newId() };
  test.each<[string, Updater, object, object, string]>([
    [
      'where the policy lets nobody extend',
      'target',
      {},
      { policy: policy({ enableTargetsToSelfUpdateAccess: false }) },
      'SelfExtensionNotAllowed',
    ],
    ['where the policy lets nobody extend for others', 'onBehalf', {}, {}, 'SelfExtensionNotAllowed'],
    ['for a disabled account', 'target', {}, { isTargetUsable: false }, 'AccountNotUsable'],
    ['for a disabled account, administrator or not', 'administrator', {}, { isTargetUsable: false }, 'TargetNotUsable'],
    [
      'for who has left the scope',
      'target',
      {},
      { target: { ...facts.target, isMember: false } },
      'RequestorNotInScope',
    ],
    [
      'for who is out of scope',
      'administrator',
      {},
      { target: { ...facts.target, isMember: false } },
      'TargetNotInScope',
    ],
    ['while another request waits', 'target', {}, { hasPending: true }, 'RequestPending'],
    [
      'without a reason where one is asked for',
      'target',
      { justification: ' ' },
      { policy: policy({}, { requestApprovalSettings: { isRequestorJustificationRequired: true } }) },
      'JustificationRequired',
    ],
    ['once it has passed', 'administrator', {}, { assignment: ended }, 'AssignmentEnded'],
    ['while its holder is on the way out', 'target', {}, { assignment: leaving }, 'AssignmentLeaving'],
    ['where the policy would give no more', 'target', {}, { policy: shorter }, 'ExtensionNotLater'],
    ['where PIM allows no more', 'target', {}, { limits: [limit] }, 'ExtensionNotLater'],
    ['where there is none', 'target', {}, { assignment: { ...assignment, endsAt: null } }, 'ExtensionNotLater'],
    [
      'rather than going past what the policy gives',
      'target',
      { schedule: until('2030-03-10T00:00:00Z') },
      {},
      'ExpirationTooLate',
    ],
    ['rather than in the past', 'administrator', { schedule: until('2030-01-10T00:00:00Z') }, {}, 'ExpirationPassed'],
    [
      'where a start is asked for',
      'target',
      { schedule: { startDateTime: '2030-02-01T00:00:00Z' } },
      {},
      'ScheduleNotSupported',
    ],
    ['where the policy is gone', 'target', {}, { policy: null }, 'ResourceNotFound'],
  ])('%s', (_name, by, sent, met, code) => {
    expect(decide(by, sent, met)).toMatchObject({ is: 'refused', refusal: { code } });
  });
});
