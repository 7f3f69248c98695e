import { loadRoleIds, nameTargets } from '../../directory/index.ts';
import { loadRoleWays } from '../../grants/index.ts';
import { newId } from '../../kernel/ids.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { topOf, weekFrom } from './model.ts';
import { countWeek, hasOpenWeek, insertWeek, loadWeek } from './store.ts';

const dueKind = 'pim.weekEnds';

/**
 * Begins a week with what happens while none is open; what happens later is in it. Does nothing for what the week does
 * not tell of: who is simply in a group, the end of an activation, and what Sallyport itself gives when a tenant begins.
 */
export async function beginWeek(tx: Tx, event: StoredEvent): Promise<void> {
  if (!isToldOf(event) || (await hasOpenWeek(tx.db(), tx.now))) return;
  const week = weekFrom(newId(), tx.now);
  await insertWeek(tx.db(), week);
  await tx.schedule({ kind: dueKind, subject: week.id, at: week.until });
}

function isToldOf({ type, actorKind, data }: StoredEvent): boolean {
  const { origin, mode, privilegeKind } = data as { origin?: { kind?: string }; mode?: string; privilegeKind?: string };
  if (origin?.kind === 'activation') return type.endsWith('.given');
  if (actorKind === 'system' && origin?.kind === 'assigned' && type.endsWith('.given')) return false;
  return mode === 'eligible' || privilegeKind === 'role';
}

/**
 * Tells of a week when it is over: how often something happened in it, and the roles that most people can have. Entra:
 * "Weekly Privileged Identity Management digest email"; groups are counted too, as what they open may be as powerful.
 */
async function tellOfWeek(tx: Tx, id: string): Promise<void> {
  const week = await loadWeek(tx.db(), id);
  if (week === null) return;
  const top = topOf(await loadRoleWays(tx.db(), await loadRoleIds(tx), tx.now));
  const named = await nameTargets(
    tx.db(),
    top.map((role) => ({ id: role.id, type: 'Role' })),
  );
  await tx.record({
    type: 'pim.weekPassed',
    subject: id,
    correlation: newId(),
    targets: named,
    data: {
      from: week.from.toString(),
      until: week.until.toString(),
      ...(await countWeek(tx.db(), week)),
      top: top.map((role, index) => ({ ...role, name: named[index]?.displayName ?? role.id })),
    },
  });
}

/** What falls due when a week is over. */
export const weekDue = [dueKind, tellOfWeek] as const;
