import { newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { cappedWindow, type Grant, type NewGrant } from '../model.ts';
import { type GrantTables, insertGrant, moveEnd } from '../store.ts';
import { recordGrant } from './record.ts';

/**
 * Writes a grant into the ledger, its end capped at the ends of what it hangs on.
 * Refuses with `GrantWindowEmpty` if nothing would be left of its window. Rules about who may be given what are
 * the business of the capability that calls.
 */
export async function giveGrant(tx: Tx, asked: NewGrant): Promise<Grant> {
  const links = asked.links ?? [];
  const window = orRefuse(cappedWindow(asked.window, links));
  const grant: Grant = {
    id: asked.id ?? newId(),
    principal: asked.principal,
    privilege: asked.privilege,
    mode: asked.mode,
    startsAt: window.from,
    endsAt: window.until,
    endedAt: null,
    origin: asked.origin,
    correlation: asked.correlation,
    givenAt: tx.now,
  };
  await insertGrant(tx.db<GrantTables>(), grant, links);
  if (grant.endsAt !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: grant.endsAt });
  await recordGrant(tx, grant, 'given', {});
  return grant;
}

/** Moves the planned end of a grant later (null: permanent). An earlier end is `endGrants`' business. */
export async function extendGrant(tx: Tx, grant: Grant, endsAt: Instant | null): Promise<void> {
  if (grant.endsAt === null || (endsAt !== null && isBefore(endsAt, grant.endsAt))) {
    throw new Error('A planned end only ever moves later');
  }
  await moveEnd(tx.db<GrantTables>(), grant.id, endsAt);
  if (endsAt !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: endsAt });
  await recordGrant(tx, grant, 'extended', { endsAt: endsAt?.toString() ?? null });
}
