import { expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { documentOf } from '../policy/document.ts';
import { assignmentNamed, decideRemoval, type Remover } from './removal.ts';

const now = Temporal.Instant.from('2027-01-04T12:00:00Z');
const running = { endsAt: now.add({ hours: 1 }), endedAt: null };
const settings = (enableTargetsToSelfRemoveAccess: boolean, enableOnBehalfRequestorsToRemoveAccess: boolean) =>
  documentOf({ requestorSettings: { enableTargetsToSelfRemoveAccess, enableOnBehalfRequestorsToRemoveAccess } }, newId)
    .requestorSettings;

test.each<[Remover, boolean, boolean, string]>([
  ['target', true, false, 'accepted'],
  ['target', false, true, 'SelfRemovalNotAllowed'],
  ['onBehalf', false, true, 'accepted'],
  ['onBehalf', true, false, 'SelfRemovalNotAllowed'],
  ['administrator', false, false, 'accepted'],
])('%s, where people may: %s, others for them: %s: %s', (by, self, others, expected) => {
  const decided = decideRemoval(by, running, settings(self, others), now);
  expect(decided.is === 'accepted' ? decided.is : decided.refusal.code).toBe(expected);
});

test('a policy that is gone lets people give up what they have, and nobody else for them', () => {
  expect(decideRemoval('target', running, null, now).is).toBe('accepted');
  expect(decideRemoval('onBehalf', running, null, now)).toMatchObject({ refusal: { code: 'SelfRemovalNotAllowed' } });
});

test('what has ended is not ended again, whether by time or by somebody', () => {
  for (const ended of [
    { endsAt: now, endedAt: null },
    { endsAt: null, endedAt: now },
  ]) {
    expect(decideRemoval('administrator', ended, null, now)).toMatchObject({ refusal: { code: 'AssignmentEnded' } });
  }
});

test('an assignment has to be named', () => {
  expect(assignmentNamed(null)).toMatchObject({ refusal: { code: 'PropertyRequired' } });
  expect(assignmentNamed('ABC')).toEqual({ is: 'accepted', value: 'abc' });
});
