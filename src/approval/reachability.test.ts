import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StageCandidates, unreachableStages } from './reachability.ts';

const stages = (...people: readonly (readonly string[])[]): StageCandidates[] =>
  people.map((userIds, index) => ({ stage: index + 1, userIds }));

/** Whether each stage can have a person of its own, by trying everything. */
function canAll([first, ...rest]: readonly StageCandidates[], taken: readonly string[] = []): boolean {
  if (first === undefined) return true;
  return first.userIds.some((id) => !taken.includes(id) && canAll(rest, [...taken, id]));
}

describe('whether every stage can have a person of its own', () => {
  test.each<[string, StageCandidates[], boolean, readonly number[]]>([
    ['nobody at all', stages(['ann'], []), false, [2]],
    ['one person for two stages', stages(['ann'], ['ann']), false, [2]],
    ['one person for two stages, who may', stages(['ann'], ['ann']), true, []],
    ['somebody else for the first', stages(['ann', 'ben'], ['ann']), false, []],
    ['two people for three stages', stages(['ann', 'ben'], ['ann', 'ben'], ['ben', 'ann']), false, [3]],
  ])('%s', (_name, given, mayRepeat, expected) => {
    expect(unreachableStages(given, mayRepeat)).toEqual(expected);
  });

  test('is what trying everything says', () => {
    const people = fc.subarray(['ann', 'ben', 'cat', 'dan']);
    fc.assert(
      fc.property(fc.array(people, { maxLength: 4 }), (sets) => {
        const given = stages(...sets);
        expect(unreachableStages(given, false).length === 0).toBe(canAll(given));
      }),
    );
  });
});
