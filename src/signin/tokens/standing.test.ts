import { expect, test } from 'vitest';
import { isRevoked } from './standing.ts';

const second = Temporal.Instant.from('2030-01-01T08:00:10Z').epochMilliseconds / 1000;

test.each<[string, string | null, boolean]>([
  ['nothing was revoked', null, false],
  ['it was revoked before', '2030-01-01T08:00:09.999999Z', false],
  ['it was revoked at the very beginning of its second', '2030-01-01T08:00:10Z', false],
  ['it was revoked within its second', '2030-01-01T08:00:10.001Z', true],
  ['it was revoked after', '2030-01-01T08:00:11Z', true],
])('what is of a second, where %s', (_, validFrom, revoked) => {
  expect(isRevoked(second, validFrom === null ? null : Temporal.Instant.from(validFrom))).toBe(revoked);
});
