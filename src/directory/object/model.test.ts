import { expect, it } from 'vitest';
import { isRestorable, securityIdentifier } from './model.ts';

it('derives the security identifier as Entra does', () => {
  const id = '73d664e4-0886-4a73-b745-c694da45ddb4';
  expect(securityIdentifier(id)).toBe('S-1-12-1-1943430372-1249052806-2496021943-3034400218');
});

it.each([
  [null, false],
  ['2030-01-01T00:00:00Z', true],
  ['2029-12-02T00:00:00.000001Z', true],
  ['2029-12-02T00:00:00Z', false],
])('what was deleted at %s can be restored: %s', (deletedAt, expected) => {
  const at = deletedAt === null ? null : Temporal.Instant.from(deletedAt);
  expect(isRestorable(at, Temporal.Instant.from('2030-01-01T00:00:00Z'))).toBe(expected);
});
