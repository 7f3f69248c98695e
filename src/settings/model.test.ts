import { expect, test } from 'vitest';
import { allowsSelfGrant } from './model.ts';

const own = new Set(['me', 'my second account']);

test.each<[boolean, string | null, boolean]>([
  [false, null, false],
  [false, 'somebody else', false],
  [true, 'somebody else', true],
  [true, null, true],
  [true, 'me', false],
  [true, 'my second account', false],
])('likeEntra is %j as settled by %s: granting to oneself is allowed: %j', (likeEntra, settledBy, allowed) => {
  expect(allowsSelfGrant(likeEntra, settledBy, own)).toBe(allowed);
});
