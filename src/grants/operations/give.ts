import { newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Binding } from '../ending.ts';
import { cappedWindow, type Grant, type NewGrant } from '../model.ts';
import { type GrantTables, insertGrant, moveEnd } from '../store.ts';
import { inheritEarlyEnd } from './leave.ts';
import { recordGrant } from './record.ts';

/**
 * Writes a grant into the ledger, its end capped at the ends of what it hangs on.
 * Refuses with `GrantWindowEmpty` if nothing would be left of its window. Rules about who may be given what are
 * the business of the capability that calls.
 */
export async function giveGrant(tx: Tx, asked: NewGrant): Promise<Grant> {
  const links = asked.links ?? [];
  const { window, binding } = orRefuse(cappedWindow(asked));
  const grant: Grant = {
    id: asked.id ?? newId(),
    principal: asked.principal,
    privilege: asked.privilege,
    mode: asked.mode,
    startsAt: window.from,
    endsAt: window.until,
    endedAt: null,
    binding,
    origin: asked.origin,
    correlation: asked.correlation,
    givenAt: tx.now,
  };
  await insertGrant(tx.db<GrantTables>(), grant, links);
  if (grant.endsAt !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: grant.endsAt });
  await recordGrant(tx, grant, 'given', { binding, links: links.map(({ kind, id }) => ({ kind, id })) });
  await inheritEarlyEnd(tx, grant, links);
  return grant;
}

/**
 * Moves the planned end of a grant later (null: permanent), and says what binds it now. An earlier end is `endGrants`'
 * business.
 */
export async function extendGrant(
  tx: Tx,
  grant: Grant,
  endsAt: Instant | null,
  binding: Binding = { by: 'requested' },
): Promise<void> {
  if (grant.endsAt === null || (endsAt !== null && isBefore(endsAt, grant.endsAt))) {
    throw new Error('A planned end only ever moves later');
  }
  const bound = endsAt === null ? null : binding;
  await moveEnd(tx.db<GrantTables>(), grant.id, endsAt, bound);
  if (endsAt !== null) await tx.schedule({ kind: 'grant.expired', subject: grant.id, at: endsAt });
  await recordGrant(tx, grant, 'extended', { endsAt: endsAt?.toString() ?? null, binding: bound });
}
