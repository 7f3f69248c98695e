import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { ReadDb } from '../../platform/events.ts';

/** A request about an assignment: which it is, and who asked. */
export interface RequestAbout {
  readonly id: Id;
  readonly assignmentId: Id;
  readonly requestorId: Id;
}

/** The requests about some assignments, other than deleted ones. */
export async function requestsAbout(db: ReadDb, assignmentIds: readonly Id[]): Promise<readonly RequestAbout[]> {
  if (assignmentIds.length === 0) return [];
  const { rows } = await sql<RequestAbout>`
    select id, assignment_id as "assignmentId", requestor_id as "requestorId" from assignment_request
    where assignment_id = any(${[...assignmentIds]}::uuid[]) and deleted_at is null`.execute(db);
  return rows;
}

/** The catalogs of some packages by the package's id, of those too that have been deleted. */
export async function catalogsOf(db: ReadDb, packageIds: readonly Id[]): Promise<ReadonlyMap<Id, Id>> {
  if (packageIds.length === 0) return new Map();
  const { rows } = await sql<{ id: Id; catalogId: Id }>`
    select id, catalog_id as "catalogId" from access_package where id = any(${[...packageIds]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, catalogId }) => [id, catalogId]));
}
