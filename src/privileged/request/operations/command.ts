import type { Grant } from '../../../grants/index.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { isFresh } from '../../../requirement/index.ts';
import { loadMfaFreshness } from '../../../settings/index.ts';
import type { Evidence } from '../decisions.ts';
import type { RequestState } from '../machine.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import type { AskedSchedule } from '../schedule.ts';

/** What the caller brings for the rules to judge. Applications cannot do MFA and are not asked to, as in Entra. */
export async function evidenceOf(tx: Tx, command: ScheduleCommand): Promise<Evidence> {
  return evidenceBy(tx.caller, await hasMfa(tx), command);
}

/** Whether the caller has proven a second factor, lately enough if that is settled. */
export async function hasMfa(tx: Tx): Promise<boolean> {
  if (tx.caller.kind !== 'user') return true;
  return isFresh(tx.caller.mfaAt, await loadMfaFreshness(tx.db()), tx.realNow);
}

/** The same for several commands, where it is known already whether the caller has proven a second factor. */
export function evidenceBy(caller: Caller, hasMfa: boolean, command: ScheduleCommand): Evidence {
  return {
    hasMfa,
    contexts: caller.kind === 'user' ? (caller.authenticationContexts ?? []) : [],
    justification: command.justification,
    ticketNumber: command.ticket.number,
  };
}

/** The request that a command becomes, as the caller makes it now. */
export function requestFrom(
  tx: Tx,
  command: ScheduleCommand,
  made: {
    readonly id: Id;
    readonly principal: ScheduleRequest['principal'];
    readonly state: RequestState;
    readonly startsAt: ScheduleRequest['startsAt'];
    readonly schedule: AskedSchedule | null;
    readonly correlation: Id;
    readonly grantId?: Id;
    readonly eligibilityId?: Id;
  },
): ScheduleRequest {
  const { caller } = tx;
  return {
    id: made.id,
    privilege: command.privilege,
    mode: command.mode,
    principal: made.principal,
    action: command.action,
    state: made.state,
    schedule: made.schedule?.wire ?? null,
    startsAt: made.startsAt,
    justification: command.justification,
    ticket: command.ticket,
    grantId: made.grantId ?? null,
    eligibilityId: made.eligibilityId ?? null,
    creator:
      caller.kind === 'system'
        ? { kind: 'system', id: null, name: 'Sallyport' }
        : { kind: caller.kind, id: caller.id, name: caller.displayName },
    correlation: made.correlation,
    createdAt: tx.now,
  };
}

/** The request that takes away what was given: it names the grant that it ends, and belongs to that grant's story. */
export function revocationOf(tx: Tx, command: ScheduleCommand, ending: Grant, eligibilityId?: Id): ScheduleRequest {
  return requestFrom(tx, command, {
    id: newId(),
    principal: ending.principal,
    state: { is: 'revoked', at: tx.now },
    startsAt: tx.now,
    schedule: null,
    correlation: ending.correlation,
    grantId: ending.id,
    ...(eligibilityId === undefined ? {} : { eligibilityId }),
  });
}
