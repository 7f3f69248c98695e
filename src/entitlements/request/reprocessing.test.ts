import { expect, test } from 'vitest';
import type { RequestState } from './machine.ts';
import { decideRedelivery, decideReprocessing } from './reprocessing.ts';

const now = Temporal.Instant.from('2027-01-04T12:00:00Z');
const days = (count: number) => now.add({ hours: 24 * count });
const failed: RequestState = { is: 'deliveryFailed', at: now, cause: 'ResourceGone' };

test('§1.21 a request that could not be delivered is tried again for 14 days', () => {
  expect(decideReprocessing(failed, days(13))).toMatchObject({ is: 'accepted' });
  expect(decideReprocessing(failed, days(14))).toMatchObject({ refusal: { code: 'RequestNotReprocessable' } });
});

test.each<RequestState>([
  { is: 'pendingApproval', until: days(1) },
  { is: 'delivered', at: now },
  { is: 'denied', at: now, cause: 'decision' },
  { is: 'canceled', at: now },
])('a request that is $is is not', (state) => {
  expect(decideReprocessing(state, now)).toMatchObject({ refusal: { code: 'RequestNotReprocessable' } });
});

test('§1.21 an assignment is given anew while it is delivered', () => {
  expect(decideRedelivery({ endsAt: days(1), endedAt: null }, now)).toMatchObject({ is: 'accepted' });
  expect(decideRedelivery({ endsAt: days(1), endedAt: null }, days(1))).toMatchObject({
    refusal: { code: 'AssignmentNotReprocessable' },
  });
});
