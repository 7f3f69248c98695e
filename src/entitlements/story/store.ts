import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';

/** A request, and the assignment that it is about, there or not. */
export interface RequestAbout {
  readonly requestId: Id;
  readonly assignmentId: Id | null;
}

/** The requests of some ids, and those about the assignments of some ids; deleted ones too, for the log knows them. */
export async function loadRequestsAbout(db: Kysely<unknown>, ids: readonly Id[]): Promise<RequestAbout[]> {
  const { rows } = await sql<RequestAbout>`
    select request.id as "requestId", coalesce(request.assignment_id, request.asked_assignment_id) as "assignmentId"
    from assignment_request as request
    where request.id = any(${[...ids]}::uuid[]) or request.assignment_id = any(${[...ids]}::uuid[])
      or request.asked_assignment_id = any(${[...ids]}::uuid[])
    order by request.created_at, request.id`.execute(db);
  return rows;
}
