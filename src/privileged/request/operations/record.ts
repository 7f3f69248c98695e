import { loadGroup, loadPrincipal, loadRole } from '../../../directory/index.ts';
import type { EventTarget } from '../../../kernel/event.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { ScheduleRequest } from '../model.ts';

const principalTypes = { user: 'User', group: 'Group', app: 'ServicePrincipal' } as const;

/** Records that something happened to a request, with the privilege and the principal by name. */
export async function recordRequest(
  tx: Tx,
  type: string,
  request: ScheduleRequest,
  more: { readonly reason?: string | null; readonly data?: Readonly<Record<string, unknown>> } = {},
): Promise<void> {
  const { privilege, principal } = request;
  const who = await loadPrincipal(tx, principal.id);
  await tx.record({
    type,
    subject: request.id,
    correlation: request.correlation,
    targets: [
      await privilegeTarget(tx, request),
      { id: principal.id, type: principalTypes[principal.kind], displayName: who?.displayName ?? null },
    ],
    reason: more.reason === undefined ? request.justification : more.reason,
    data: {
      requestId: request.id,
      action: request.action,
      privilegeKind: privilege.kind,
      privilegeId: privilege.id,
      scope: privilege.scope,
      mode: request.mode,
      principalKind: principal.kind,
      principalId: principal.id,
      schedule: request.schedule,
      startsAt: request.startsAt.toString(),
      decideBy: 'decideBy' in request.state ? request.state.decideBy.toString() : null,
      grantId: request.grantId,
      eligibilityId: request.eligibilityId,
      ticketNumber: request.ticket.number,
      ticketSystem: request.ticket.system,
      ...more.data,
    },
  });
}

/** The role or group that a request is about, by name. */
export async function privilegeTarget(tx: Tx, { privilege }: Pick<ScheduleRequest, 'privilege'>): Promise<EventTarget> {
  if (privilege.kind === 'role') {
    return { id: privilege.id, type: 'Role', displayName: (await loadRole(tx, privilege.id))?.displayName ?? null };
  }
  return { id: privilege.id, type: 'Group', displayName: (await loadGroup(tx, privilege.id))?.displayName ?? null };
}
