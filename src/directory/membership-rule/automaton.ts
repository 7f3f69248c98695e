import { includesCode, wordCharacters } from './code-ranges.ts';
import type { CodeRange, Edge, Pattern } from './pattern.ts';

type Step =
  | { readonly does: 'take'; readonly ranges: readonly CodeRange[]; readonly next: number }
  | { readonly does: 'fork'; readonly next: readonly number[] }
  | { readonly does: 'stand'; readonly edge: Edge; readonly next: number }
  | { readonly does: 'end' };

/**
 * Whether the pattern matches somewhere in the text, which must be case-folded already.
 * All states are followed at once, so the time is text length × pattern size, whatever the pattern.
 */
export function findsMatch(pattern: Pattern, text: string): boolean {
  const steps = stepsOf(pattern);
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let states = new Set<number>();
  for (let position = 0; position <= codes.length; position += 1) {
    // The match may begin anywhere, so the first step is entered at every position.
    const reached = closure(steps, [...states, steps.length - 1], codes, position);
    if (reached === 'matched') return true;
    states = advance(steps, reached, codes[position]);
  }
  return false;
}

const compiled = new WeakMap<Pattern, readonly Step[]>();

/** The last step is where the pattern begins, step 0 where it has matched. */
function stepsOf(pattern: Pattern): readonly Step[] {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const steps: Step[] = [{ does: 'end' }];
  const first = append(steps, pattern, 0);
  steps.push({ does: 'fork', next: [first] });
  compiled.set(pattern, steps);
  return steps;
}

/** Appends the steps of a pattern that go on to `next`; gives the index at which they begin. */
function append(steps: Step[], pattern: Pattern, next: number): number {
  switch (pattern.is) {
    case 'set':
      return push(steps, { does: 'take', ranges: pattern.ranges, next });
    case 'edge':
      return push(steps, { does: 'stand', edge: pattern.edge, next });
    case 'sequence':
      return pattern.items.reduceRight((after, item) => append(steps, item, after), next);
    case 'choice':
      return push(steps, { does: 'fork', next: pattern.branches.map((branch) => append(steps, branch, next)) });
    case 'repeat':
      return appendRepeat(steps, pattern, next);
  }
}

function appendRepeat(steps: Step[], repeat: Extract<Pattern, { is: 'repeat' }>, next: number): number {
  const { item, least, most } = repeat;
  let entry = most === null ? appendLoop(steps, item, next) : next;
  for (let count = least; count < (most ?? least); count += 1) {
    entry = push(steps, { does: 'fork', next: [append(steps, item, entry), next] });
  }
  for (let count = 0; count < least; count += 1) entry = append(steps, item, entry);
  return entry;
}

function appendLoop(steps: Step[], item: Pattern, next: number): number {
  const ways = [next];
  const entry = push(steps, { does: 'fork', next: ways });
  ways.push(append(steps, item, entry));
  return entry;
}

function push(steps: Step[], step: Step): number {
  return steps.push(step) - 1;
}

/** The taking steps that can be reached without a character, or that the end was. */
function closure(
  steps: readonly Step[],
  from: readonly number[],
  codes: readonly number[],
  position: number,
): ReadonlySet<number> | 'matched' {
  const seen = new Set<number>();
  const pending = [...from];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const step = steps[index];
    if (step?.does === 'end') return 'matched';
    if (step?.does === 'fork') pending.push(...step.next);
    if (step?.does === 'stand' && standsAt(step.edge, codes, position)) pending.push(step.next);
  }
  return seen;
}

function advance(steps: readonly Step[], states: ReadonlySet<number>, code: number | undefined): Set<number> {
  const result = new Set<number>();
  if (code === undefined) return result;
  for (const index of states) {
    const step = steps[index];
    if (step?.does === 'take' && includesCode(step.ranges, code)) result.add(step.next);
  }
  return result;
}

function standsAt(edge: Edge, codes: readonly number[], position: number): boolean {
  if (edge === 'start') return position === 0;
  if (edge === 'end') return position === codes.length;
  return (isWord(codes[position - 1]) !== isWord(codes[position])) === (edge === 'word');
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && includesCode(wordCharacters, code);
}
