import type { Mode, Privilege } from '../../grants/index.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { kindOf, rolePrivilege } from '../ids.ts';
import type { GroupRequest, RoleRequest } from './contract.ts';
import type { ScheduleCommand } from './model.ts';
import { type Action, actions } from './model.ts';

/**
 * The command that a request's body is. Refused with `ActionNotSupported` (400) or `ScopeNotSupported` (501) for what
 * Graph has and this server has not.
 */
export function readRequest(body: RoleRequest | GroupRequest, mode: Mode): Outcome<ScheduleCommand> {
  const action = actionFrom(body.action, mode);
  if (action.is === 'refused') return action;
  const privilege = privilegeFrom(body);
  if (privilege.is === 'refused') return privilege;
  return accept({
    action: action.value,
    privilege: privilege.value,
    mode,
    principalId: body.principalId.toLowerCase(),
    schedule: body.scheduleInfo ?? null,
    justification: body.justification ?? null,
    ticket: { number: body.ticketInfo?.ticketNumber ?? null, system: body.ticketInfo?.ticketSystem ?? null },
  });
}

function actionFrom(name: string, mode: Mode): Outcome<Action> {
  const action = actions.find((each) => each === name);
  // Only what is active is activated and given back.
  const isActivation = action === 'selfActivate' || action === 'selfDeactivate';
  if (action !== undefined && (mode === 'active' || !isActivation)) return accept(action);
  return refuse('invalid', 'ActionNotSupported', `The action ${name} cannot be requested here.`, 'action');
}

function privilegeFrom(body: RoleRequest | GroupRequest): Outcome<Privilege> {
  if (!('groupId' in body)) return rolePrivilege(body);
  return accept({ kind: kindOf(body.accessId), id: body.groupId.toLowerCase(), scope: '/' });
}
