import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';

/** A request to PIM, and the grant that came of it or that it was about; null where none did. */
export interface ScheduleRequestAbout {
  readonly requestId: Id;
  readonly grantId: Id | null;
  readonly eligibilityId: Id | null;
}

/** The request to PIM of an id; null if there is none. */
export async function loadScheduleRequest(db: Kysely<unknown>, id: Id): Promise<ScheduleRequestAbout | null> {
  const { rows } = await sql<ScheduleRequestAbout>`
    select request.id as "requestId", request.grant_id as "grantId", request.eligibility_id as "eligibilityId"
    from schedule_request as request where request.id = ${id}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** The requests to PIM about some grants, or to activate them, by those who hold them. */
export async function loadScheduleRequestsOf(
  db: Kysely<unknown>,
  grants: readonly { readonly id: Id; readonly principalId: Id }[],
): Promise<Id[]> {
  const grantIds = grants.map(({ id }) => id);
  const principalIds = [...new Set(grants.map(({ principalId }) => principalId))];
  const { rows } = await sql<{ id: Id }>`
    select request.id from schedule_request as request
    where request.principal_id = any(${principalIds}::uuid[])
      and (request.grant_id = any(${grantIds}::uuid[]) or request.eligibility_id = any(${grantIds}::uuid[]))
    order by request.created_at, request.id`.execute(db);
  return rows.map(({ id }) => id);
}
