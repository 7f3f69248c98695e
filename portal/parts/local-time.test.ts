import { expect, test } from 'vitest';
import { instantOf, localText } from './local-time.ts';

test.each(['2026-11-25T14:03:00Z', '2026-07-01T00:00:00Z', '2026-03-29T01:30:00Z'])('%s comes back as it was', (at) => {
  expect(instantOf(localText(at))).toBe(at);
});

test('what is finer than a minute is left out', () => {
  expect(instantOf(localText('2026-11-25T14:03:07.495909Z'))).toBe('2026-11-25T14:03:00Z');
});

test.each(['', 'tomorrow'])('%j is no local time', (text) => {
  expect(localText(text)).toBe('');
});

test('what is half typed is no instant', () => {
  expect(instantOf('')).toBe('');
  expect(instantOf('2026-11-')).toBe('');
});
