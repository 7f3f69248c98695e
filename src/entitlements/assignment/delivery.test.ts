import { expect, test } from 'vitest';
import type { PackageContent } from '../package/model.ts';
import { type DeliveryFacts, decideDelivery } from './delivery.ts';

const now = Temporal.Instant.from('2027-01-04T12:00:00Z');
const facts: DeliveryFacts = {
  isTargetUsable: true,
  isPackageThere: true,
  gone: [],
  excluding: [],
  hasAssignment: false,
  full: null,
  endsBy: 'policy',
  from: now,
  expiration: { type: 'afterDuration', endDateTime: null, duration: 'PT8H' },
  limits: [],
};
const content: PackageContent = {
  id: 'scope',
  originSystem: 'AadGroup',
  originId: 'group',
  kind: 'member',
  displayName: 'GRP',
};

test('§2.1 pain 41: gives access for as long as the policy says, from now', () => {
  expect(decideDelivery(facts, now)).toEqual({
    is: 'accepted',
    value: { window: { from: now, until: now.add({ hours: 8 }) }, binding: { by: 'policy' } },
  });
});

test('that starts late is not given for longer', () => {
  const from = now.subtract({ hours: 2 });
  expect(decideDelivery({ ...facts, from }, now)).toEqual({
    is: 'accepted',
    value: { window: { from: now, until: now.add({ hours: 6 }) }, binding: { by: 'policy' } },
  });
});

test.each<[string, Partial<DeliveryFacts>]>([
  ['TargetNotUsable', { isTargetUsable: false }],
  ['PackageGone', { isPackageThere: false }],
  ['AlreadyAssigned', { hasAssignment: true }],
  ['AssignmentLimitReached', { full: 'package' }],
  ['AssignmentLimitReached', { full: 'tenant' }],
  ['ResourceGone', { gone: [content] }],
  ['IncompatibleAccessPackage', { excluding: [{ kind: 'package', id: 'other', displayName: 'Other' }] }],
  ['IncompatibleGroup', { excluding: [{ kind: 'group', id: 'group', displayName: 'Group' }] }],
  ['ExpirationPassed', { from: now.subtract({ hours: 8 }) }],
  ['ExpirationPassed', { expiration: { type: 'afterDateTime', endDateTime: now.toString(), duration: null } }],
])('fails with %s', (code, changes) => {
  expect(decideDelivery({ ...facts, ...changes }, now)).toMatchObject({ is: 'refused', refusal: { code } });
});
