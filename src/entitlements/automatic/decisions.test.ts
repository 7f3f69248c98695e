import { expect, test } from 'vitest';
import { scopeFault, usersPerRule } from './decisions.ts';

test('§2.6 an automatic policy takes in so many people and no more', () => {
  expect(scopeFault(usersPerRule)).toBeNull();
  expect(scopeFault(usersPerRule + 1)).toMatchObject({ refusal: { code: 'AutomaticScopeTooLarge' } });
});
