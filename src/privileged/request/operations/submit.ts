import { authorise, endGrants, liveGrants } from '../../../grants/index.ts';
import { orRefuse } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { activationEvent, askingEvent, assignmentEvent, deactivationEvent } from '../../activities.ts';
import { decideForSelf, decideRemoval } from '../decisions.ts';
import type { ScheduleCommand, ScheduleRequest } from '../model.ts';
import { insertRequest, type RequestTables } from '../store.ts';
import { activate } from './activate.ts';
import { askedFor } from './answer.ts';
import { ask } from './asking.ts';
import { assign, remove } from './assign.ts';
import { revocationOf } from './command.ts';
import { extend, renew, update } from './prolong.ts';
import { recordRequest } from './record.ts';

/** Does what is asked of PIM, and gives the request that it became. */
export function submit(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  switch (command.action) {
    case 'adminAssign':
      return assign(tx, command);
    case 'adminUpdate':
      return update(tx, command);
    case 'adminExtend':
      return extend(tx, command);
    case 'adminRenew':
      return renew(tx, command);
    case 'adminRemove':
      return remove(tx, command);
    case 'selfActivate':
      return activate(tx, command);
    case 'selfDeactivate':
      return deactivate(tx, command);
    case 'selfExtend':
    case 'selfRenew':
      return ask(tx, command);
    default:
      return command.action satisfies never;
  }
}

/** The event type under which a refused command is recorded. */
export function attemptOf({ action, privilege, mode }: Pick<ScheduleCommand, 'action' | 'privilege' | 'mode'>): string {
  switch (action) {
    case 'selfActivate':
      return activationEvent(privilege.kind, 'requested');
    case 'selfDeactivate':
      return deactivationEvent(privilege.kind);
    case 'adminAssign':
      return assignmentEvent(privilege.kind, mode, 'requested');
    case 'adminRemove':
      return assignmentEvent(privilege.kind, mode, 'removed');
    case 'adminUpdate':
      return assignmentEvent(privilege.kind, mode, 'updated');
    case 'adminExtend':
      return assignmentEvent(privilege.kind, mode, 'extended');
    case 'adminRenew':
      return assignmentEvent(privilege.kind, mode, 'renewed');
    case 'selfExtend':
    case 'selfRenew':
      return askingEvent(privilege.kind, mode, askedFor({ action }), 'Requested');
    default:
      return action satisfies never;
  }
}

/** Gives an activation back before its end. */
async function deactivate(tx: Tx, command: ScheduleCommand): Promise<ScheduleRequest> {
  const caller = orRefuse(decideForSelf(tx.caller, command.principalId));
  await authorise(tx, 'activation.request', ['self']);
  const { kind, id: privilege } = command.privilege;
  const origin = { kind: 'activation' } as const;
  const activated = await liveGrants(tx, { kind, privilege, principal: caller.id, mode: 'active', origin });
  const ending = orRefuse(decideRemoval(activated, tx.now));
  const first = ending[0];
  if (first === undefined) throw new Error('A deactivation of nothing');
  const request = revocationOf(tx, command, first, first.origin.id);
  await insertRequest(tx.db<RequestTables>(), request);
  await recordRequest(tx, deactivationEvent(kind), request, { data: { grantId: first.id } });
  await endGrants(tx, ending, 'deactivated');
  return request;
}
