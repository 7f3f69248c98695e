import type { Id } from '../../../kernel/ids.ts';
import { isBefore } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { type AskingHappening, askingEvent } from '../../activities.ts';
import { moved, type RequestState } from '../machine.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import { loadWaiting, type RequestTables, updateRequest } from '../store.ts';
import { recordRequest } from './record.ts';

/** What a person asks an administrator for. */
export type AskingAction = 'selfExtend' | 'selfRenew';

/** Answers what the person asked for, with what the administrator gives in the same transaction. */
export async function answerWaiting(
  tx: Tx,
  command: Pick<ScheduleCommand, 'principalId' | 'privilege' | 'mode'>,
  action: AskingAction,
  grantId: Id,
): Promise<void> {
  for (const request of await openRequests(tx, command, action)) {
    await moveOn(tx, { ...request, grantId }, { is: 'granted', at: tx.now, startsAt: tx.now }, 'Approved', null);
  }
}

/** Denies what the person asked for: what it was about is taken away. */
export async function denyWaiting(
  tx: Tx,
  command: Pick<ScheduleCommand, 'principalId' | 'privilege' | 'mode'>,
  reason: string | null,
): Promise<void> {
  for (const request of await openRequests(tx, command, 'selfExtend')) {
    await moveOn(tx, request, { is: 'denied', at: tx.now }, 'Denied', reason);
  }
}

async function openRequests(
  tx: Tx,
  command: Pick<ScheduleCommand, 'principalId' | 'privilege' | 'mode'>,
  action: AskingAction,
): Promise<ScheduleRequest[]> {
  const waiting = await loadWaiting(tx.db<RequestTables>(), command);
  return waiting.filter(
    ({ action: asked, state }) => asked === action && 'decideBy' in state && isBefore(tx.now, state.decideBy),
  );
}

/** Moves a person's request on, with its event. */
export async function moveOn(
  tx: Tx,
  request: ScheduleRequest,
  to: RequestState,
  happening: AskingHappening,
  reason: string | null,
): Promise<void> {
  const state = moved(request.state, to);
  await updateRequest(tx.db<RequestTables>(), { ...request, state });
  const type = askingEvent(request.privilege.kind, request.mode, askedFor(request), happening);
  await recordRequest(tx, type, request, { reason });
}

/** What a person's request is for, in the words of its events. */
export function askedFor({ action }: Pick<ScheduleRequest, 'action'>): 'extension' | 'renewal' {
  return action === 'selfRenew' ? 'renewal' : 'extension';
}
