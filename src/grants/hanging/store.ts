import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Link } from '../model.ts';

/** A grant and whose it is. */
interface Hanging {
  readonly id: Id;
  readonly principalId: Id;
}

/** Some grants, and all that hang on them or on some package assignments, directly or not, whether in force or over. */
export async function loadHanging(
  db: Kysely<unknown>,
  on: { readonly grantIds: readonly Id[]; readonly assignmentIds: readonly Id[] },
): Promise<Hanging[]> {
  const { rows } = await sql<Hanging>`
    with recursive hanging(id) as (
      select given.id from "grant" as given where given.id = any(${[...on.grantIds]}::uuid[])
      union
      select link.grant_id from grant_link as link
      where link.hangs_on_kind = 'package-assignment' and link.hangs_on_id = any(${[...on.assignmentIds]}::uuid[])
      union
      select link.grant_id from hanging join grant_link as link
        on link.hangs_on_kind = 'grant' and link.hangs_on_id = hanging.id
    )
    select given.id, given.principal_id as "principalId" from hanging join "grant" as given on given.id = hanging.id
    order by given.given_at, given.id`.execute(db);
  return rows;
}

/** All that some grants hang on, directly or not: grants and package assignments. */
export async function loadBases(db: Kysely<unknown>, grantIds: readonly Id[]): Promise<Pick<Link, 'kind' | 'id'>[]> {
  const { rows } = await sql<Pick<Link, 'kind' | 'id'>>`
    with recursive base(kind, id) as (
      select link.hangs_on_kind, link.hangs_on_id from grant_link as link
      where link.grant_id = any(${[...grantIds]}::uuid[])
      union
      select link.hangs_on_kind, link.hangs_on_id from base join grant_link as link
        on base.kind = 'grant' and link.grant_id = base.id
    )
    select kind, id from base order by kind, id`.execute(db);
  return rows;
}
