import { expect, test } from 'vitest';
import { amountIn, type DurationUnit, durationOf, unitIn } from './duration.ts';

const all: readonly DurationUnit[] = ['days', 'hours', 'minutes'];

test.each([
  ['P1D', 'days', '1'],
  ['PT24H', 'hours', '24'],
  ['PT90M', 'minutes', '90'],
  ['P1DT2H', 'hours', '26'],
  ['PT1H30M', 'minutes', '90'],
] as const)('%s is told in %s: %s', (iso, unit, amount) => {
  expect(unitIn(iso, all)).toBe(unit);
  expect(amountIn(iso, unit)).toBe(amount);
});

test.each(['', '8 hours', 'PT30S'])('%j is told in no unit', (iso) => {
  expect(unitIn(iso, all)).toBeNull();
});

test('a duration is told in a unit that there is to choose', () => {
  expect(unitIn('PT48H', ['days'])).toBe('days');
  expect(amountIn('PT48H', 'days')).toBe('2');
});

test.each([
  ['8', 'hours', 'PT8H'],
  [' 14 ', 'days', 'P14D'],
  ['30', 'minutes', 'PT30M'],
  ['0', 'days', ''],
  ['', 'days', ''],
  ['1.5', 'hours', ''],
  ['-3', 'hours', ''],
] as const)('%j %s is written %j', (amount, unit, iso) => {
  expect(durationOf(amount, unit)).toBe(iso);
});
