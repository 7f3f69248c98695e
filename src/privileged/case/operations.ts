import { readerMay } from '../../access/index.ts';
import { groupRelations } from '../../directory/index.ts';
import { type Binding, endOf, grantById, loadPowers } from '../../grants/index.ts';
import { isId } from '../../kernel/ids.ts';
import { accept, type Outcome, outcomeOf } from '../../kernel/outcome.ts';
import { earliest, type Instant, isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { ScheduleRequest } from '../request/model.ts';
import { foreseeStart } from '../request/operations/activate.ts';
import { cancellable } from '../request/operations/decide.ts';
import { loadRequest, type RequestTables } from '../request/store.ts';
import { scheduleReaders } from '../schedule/entity.ts';

/** A request to PIM, if there is one. */
export async function scheduleRequest(tx: Tx, id: string): Promise<ScheduleRequest | null> {
  return isId(id) ? loadRequest(tx.db<RequestTables>(), id) : null;
}

/** Whether the caller reads all requests of this kind. */
export async function readsRequests(tx: Tx, { privilege }: Pick<ScheduleRequest, 'privilege'>): Promise<boolean> {
  const powers = await loadPowers(tx.db(), tx.caller, tx.now);
  const rows = scheduleReaders[privilege.kind === 'role' ? 'role' : 'group'];
  return rows.some((operation) => readerMay(operation, powers));
}

/** Whether the caller administers what a request is about, or reads all requests of its kind. */
export async function administersRequest(tx: Tx, request: Pick<ScheduleRequest, 'privilege'>): Promise<boolean> {
  const { kind, id } = request.privilege;
  if (await readsRequests(tx, request)) return true;
  return kind !== 'role' && (await groupRelations(tx, id)).includes('groupOwner');
}

/** Whether the caller could cancel a request now; refused as the real cancellation would be. Nothing is saved. */
export function foreseeCancelling(tx: Tx, id: string): Promise<Outcome<unknown>> {
  return outcomeOf(cancellable(tx, id, () => true));
}

/** From when until when a privilege is had, and why it ends then. */
export interface ActivationTerm {
  readonly from: Instant;
  readonly until: Instant | null;
  readonly binding: Binding | null;
}

/**
 * The access that came of a request; of one that waits for its approval, what it would be if it were approved now, or
 * the refusal that it would fail with. Null where nothing came of it and nothing will.
 */
export async function accessOfRequest(tx: Tx, request: ScheduleRequest): Promise<Outcome<ActivationTerm> | null> {
  const { state } = request;
  if (state.is === 'pendingApproval' && isBefore(tx.now, state.decideBy)) {
    const start = await foreseeStart(tx, request);
    if (start.is === 'refused') return start;
    const { window, path } = start.value;
    const until = earliest(window.until, path.until);
    const isBound = path.until !== null && (window.until === null || isBefore(path.until, window.until));
    return accept({
      from: window.from,
      until,
      binding: isBound ? { by: 'link', id: path.grant.id } : requested(until),
    });
  }
  const given = request.grantId === null || state.is !== 'granted' ? null : await grantById(tx, request.grantId);
  return given === null ? null : accept({ from: given.startsAt, until: endOf(given), binding: given.binding });
}

function requested(until: Instant | null): Binding | null {
  return until === null ? null : { by: 'requested' };
}
