import type { ScheduleRequest } from './model.ts';

/**
 * What is answered to a request that was only to be checked (`isValidationOnly`): itself, as it would have been
 * granted. Nothing of it is kept, so it has no schedule and cannot be read again.
 */
export function validatedBody(request: ScheduleRequest): Readonly<Record<string, unknown>> {
  const { privilege, creator } = request;
  const by = { id: creator.id, displayName: creator.name };
  return {
    id: request.id,
    status: 'Granted',
    createdDateTime: request.createdAt.toString(),
    completedDateTime: null,
    approvalId: null,
    customData: null,
    createdBy: {
      application: creator.kind === 'app' ? by : null,
      device: null,
      user: creator.kind === 'user' ? by : null,
    },
    action: request.action,
    isValidationOnly: true,
    justification: request.justification,
    scheduleInfo: request.schedule,
    ticketInfo: { ticketNumber: request.ticket.number, ticketSystem: request.ticket.system },
    principalId: request.principal.id,
    ...(privilege.kind === 'role'
      ? { roleDefinitionId: privilege.id, directoryScopeId: privilege.scope, appScopeId: null }
      : { accessId: privilege.kind === 'group-owner' ? 'owner' : 'member', groupId: privilege.id }),
    targetScheduleId: null,
  };
}
