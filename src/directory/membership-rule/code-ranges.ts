import { foldings } from './folding.ts';
import type { CodeRange } from './pattern.ts';

/** Every code point that a text in the database can have: NUL cannot be stored. */
const everything: CodeRange = [1, 0x10ffff];

export const digits: readonly CodeRange[] = [[0x30, 0x39]];

/** INVARIANT: the word characters of PostgreSQL's `\y` under collation "C", over folded text. */
export const wordCharacters: readonly CodeRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

export const spaces: readonly CodeRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

/** What `.` takes: everything but a line feed. */
export const notLineFeed: readonly CodeRange[] = complement([[0x0a, 0x0a]]);

/** The ranges in order, none touching another. */
export function merged(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const result: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = result.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}

/** All code points that are in none of the ranges. */
export function complement(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const result: CodeRange[] = [];
  let next = everything[0];
  for (const [first, last] of merged(ranges)) {
    if (first > next) result.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= everything[1]) result.push([next, everything[1]]);
  return result;
}

/** Adds to the ranges what their code points fold to, so that folded text can be tested against them. */
export function folded(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const added = foldings()
    .filter(([from]) => includesCode(ranges, from))
    .map(([, to]): CodeRange => [to, to]);
  return merged([...ranges, ...added]);
}

/** Whether the code point is in one of the ranges. */
export function includesCode(ranges: readonly CodeRange[], code: number): boolean {
  return ranges.some(([first, last]) => first <= code && code <= last);
}
