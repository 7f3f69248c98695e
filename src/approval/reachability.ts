import type { Id } from '../kernel/ids.ts';

/** A stage by those who could decide it, alternates included. */
export interface StageCandidates {
  readonly stage: number;
  readonly userIds: readonly Id[];
}

/**
 * The stages that nobody could decide, if each stage needs a person of its own (`mayRepeat` false): the first that is
 * left over however the people are given to the stages. Empty if every stage can have somebody.
 */
export function unreachableStages(stages: readonly StageCandidates[], mayRepeat: boolean): readonly number[] {
  const empty = stages.filter(({ userIds }) => userIds.length === 0).map(({ stage }) => stage);
  if (empty.length > 0 || mayRepeat) return empty;
  const takenBy = new Map<Id, number>();
  const unmatched: number[] = [];
  for (const [index, { stage }] of stages.entries())
    if (!assign(stages, index, takenBy, new Set())) unmatched.push(stage);
  return unmatched;
}

/** Gives a stage somebody, moving others to somebody else where that helps (augmenting paths). */
function assign(stages: readonly StageCandidates[], index: number, takenBy: Map<Id, number>, tried: Set<Id>): boolean {
  for (const id of stages[index]?.userIds ?? []) {
    if (tried.has(id)) continue;
    tried.add(id);
    const holder = takenBy.get(id);
    if (holder !== undefined && !assign(stages, holder, takenBy, tried)) continue;
    takenBy.set(id, index);
    return true;
  }
  return false;
}
