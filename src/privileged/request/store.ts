import { type Kysely, sql } from 'kysely';
import type { Mode, PrincipalKind, Privilege, PrivilegeKind } from '../../grants/index.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { RequestState, StateName } from './machine.ts';
import type { Action, ScheduleCommand, ScheduleRequest } from './model.ts';
import type { WireSchedule } from './schedule.ts';

interface RequestRow {
  id: Id;
  privilege_kind: PrivilegeKind;
  privilege_id: Id;
  scope: string;
  mode: Mode;
  principal_id: Id;
  principal_kind: PrincipalKind;
  action: Action;
  state: StateName;
  schedule: WireSchedule | null;
  starts_at: Instant;
  decide_by: Instant | null;
  justification: string | null;
  ticket_number: string | null;
  ticket_system: string | null;
  grant_id: Id | null;
  eligibility_id: Id | null;
  failure_code: string | null;
  creator_kind: Caller['kind'];
  creator_id: Id | null;
  creator_name: string | null;
  correlation_id: Id;
  created_at: Instant;
  completed_at: Instant | null;
}

export interface RequestTables {
  schedule_request: RequestRow;
}

type Db = Kysely<RequestTables>;

export async function insertRequest(db: Db, request: ScheduleRequest): Promise<void> {
  await db
    .insertInto('schedule_request')
    .values({
      id: request.id,
      privilege_kind: request.privilege.kind,
      privilege_id: request.privilege.id,
      scope: request.privilege.scope,
      mode: request.mode,
      principal_id: request.principal.id,
      principal_kind: request.principal.kind,
      action: request.action,
      schedule: sql`${request.schedule === null ? null : JSON.stringify(request.schedule)}::jsonb`,
      justification: request.justification,
      ticket_number: request.ticket.number,
      ticket_system: request.ticket.system,
      grant_id: request.grantId,
      eligibility_id: request.eligibilityId,
      creator_kind: request.creator.kind,
      creator_id: request.creator.id,
      creator_name: request.creator.name,
      correlation_id: request.correlation,
      created_at: request.createdAt,
      ...stateColumns(request),
    })
    .execute();
}

/** Saves how a request stands, and what came of it. */
export async function updateRequest(db: Db, request: ScheduleRequest): Promise<void> {
  await db
    .updateTable('schedule_request')
    .set({ grant_id: request.grantId, eligibility_id: request.eligibilityId, ...stateColumns(request) })
    .where('id', '=', request.id)
    .execute();
}

function stateColumns({ state, startsAt }: ScheduleRequest) {
  return {
    state: state.is,
    starts_at: state.is === 'granted' ? state.startsAt : startsAt,
    completed_at: 'decideBy' in state ? null : state.at,
    failure_code: state.is === 'failed' ? state.code : null,
    // Once there is a deadline it stays: that there was an approval remains a fact.
    ...('decideBy' in state ? { decide_by: state.decideBy } : {}),
  };
}

/** A request by its id; null if there is none. */
export async function loadRequest(db: Db, id: Id): Promise<ScheduleRequest | null> {
  const row = await db.selectFrom('schedule_request').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : requestOf(row);
}

/** The privilege that a request is about; null if there is no such request. */
export async function privilegeOfRequest(
  db: Kysely<unknown>,
  id: Id,
): Promise<{ readonly kind: PrivilegeKind; readonly privilegeId: Id } | null> {
  const request = await loadRequest(db as unknown as Db, id);
  return request === null ? null : { kind: request.privilege.kind, privilegeId: request.privilege.id };
}

/** The request of a principal for a privilege that waits for an approval; null if there is none. */
export async function loadPending(db: Db, principal: Id, privilege: Privilege): Promise<ScheduleRequest | null> {
  const row = await db
    .selectFrom('schedule_request')
    .selectAll()
    .where('principal_id', '=', principal)
    .where('privilege_kind', '=', privilege.kind)
    .where('privilege_id', '=', privilege.id)
    .where('scope', '=', privilege.scope)
    .where('state', '=', 'pendingApproval')
    .executeTakeFirst();
  return row === undefined ? null : requestOf(row);
}

/**
 * The requests of a principal that wait for an administrator: to extend what they have in a mode, and to renew what
 * they had, in whatever mode.
 */
export async function loadWaiting(
  db: Db,
  { principalId, privilege, mode }: Pick<ScheduleCommand, 'principalId' | 'privilege' | 'mode'>,
): Promise<readonly ScheduleRequest[]> {
  const rows = await db
    .selectFrom('schedule_request')
    .selectAll()
    .where('principal_id', '=', principalId)
    .where('privilege_kind', '=', privilege.kind)
    .where('privilege_id', '=', privilege.id)
    .where('scope', '=', privilege.scope)
    .where('state', '=', 'pendingAdminDecision')
    .where((is) => is.or([is('mode', '=', mode), is('action', '=', 'selfRenew')]))
    .orderBy('created_at')
    .execute();
  return rows.map(requestOf);
}

/** The requests of a principal that wait for somebody's decision at an instant, the latest first. */
export async function loadUndecided(db: Db, principalId: Id, at: Instant): Promise<ScheduleRequest[]> {
  const rows = await db
    .selectFrom('schedule_request')
    .selectAll()
    .where('principal_id', '=', principalId)
    .where('state', 'in', ['pendingApproval', 'pendingAdminDecision'])
    .where('decide_by', '>', at)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(requestOf);
}

function requestOf(row: RequestRow): ScheduleRequest {
  return {
    id: row.id,
    privilege: { kind: row.privilege_kind, id: row.privilege_id, scope: row.scope },
    mode: row.mode,
    principal: { kind: row.principal_kind, id: row.principal_id },
    action: row.action,
    state: stateOf(row),
    schedule: row.schedule,
    startsAt: row.starts_at,
    justification: row.justification,
    ticket: { number: row.ticket_number, system: row.ticket_system },
    grantId: row.grant_id,
    eligibilityId: row.eligibility_id,
    creator: { kind: row.creator_kind, id: row.creator_id, name: row.creator_name ?? '' },
    correlation: row.correlation_id,
    createdAt: row.created_at,
  };
}

function stateOf(row: RequestRow): RequestState {
  if (row.state === 'pendingApproval' || row.state === 'pendingAdminDecision') {
    if (row.decide_by === null) throw new Error(`Request ${row.id} waits without a deadline`);
    return { is: row.state, decideBy: row.decide_by };
  }
  if (row.completed_at === null) throw new Error(`Request ${row.id} has ended without an instant`);
  const at = row.completed_at;
  if (row.state === 'granted') return { is: 'granted', at, startsAt: row.starts_at };
  if (row.state === 'failed') return { is: 'failed', at, code: row.failure_code ?? '' };
  return { is: row.state, at };
}
