import { expect, test } from 'vitest';
import { type DepartureFacts, decideDeparture } from './decisions.ts';

const now = Temporal.Instant.from('2030-01-01T00:00:00Z');
const untilDeleted = Temporal.Duration.from({ days: 30 });
const facts: DepartureFacts = {
  isGuest: true,
  isGoverned: true,
  hasAssignments: false,
  action: 'blockSignInAndDelete',
  untilDeleted,
};

test.each<[string, Partial<DepartureFacts>, object]>([
  ['a governed guest', {}, { is: 'blocked', deletedAt: now.add({ hours: 720 }) }],
  ['where guests are only blocked', { action: 'blockSignIn' }, { is: 'blocked', deletedAt: null }],
  ['where guests stay', { action: 'none' }, { is: 'stays' }],
  ['who has another package', { hasAssignments: true }, { is: 'stays' }],
  ['a guest who was here before', { isGoverned: false }, { is: 'stays' }],
  ['a member', { isGuest: false }, { is: 'stays' }],
])('%s', (_name, met, departure) => {
  expect(decideDeparture({ ...facts, ...met }, now)).toEqual(departure);
});
