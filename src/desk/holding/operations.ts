import { type Way, waysOf } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { onboardedAmong } from '../../privileged/index.ts';
import { groupsIn, type Holdings, holdingsOf } from './model.ts';

/** Everything that somebody holds now, and all ways to it. */
export async function loadHoldings(tx: Tx, userId: Id): Promise<Holdings & { readonly ways: readonly Way[] }> {
  const ways = await waysOf(tx, userId);
  const onboarded = await onboardedAmong(tx, groupsIn(ways));
  return { ...holdingsOf(ways, new Set(onboarded)), ways };
}
