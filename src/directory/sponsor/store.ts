import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadUsersIn } from '../object/store.ts';

/** Somebody, or everybody in a group, who stands in for a user. */
export interface Sponsor {
  readonly id: Id;
  readonly kind: 'user' | 'group';
}

/** SQL: the ids of the sponsors of a user now. */
export function sponsorsOf(user: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select stands.sponsor_id from user_sponsor as stands
    where stands.user_id = ${user} and stands.valid_to is null)`;
}

/** The sponsors of a user now who are not deleted. */
export async function loadSponsors(tx: Tx, userId: Id): Promise<Sponsor[]> {
  const { rows } = await sql<Sponsor>`
    select stands.sponsor_id as id, stands.sponsor_kind as kind from user_sponsor as stands
    where stands.user_id = ${userId} and stands.valid_to is null
      and (exists (select 1 from directory_user as one where one.id = stands.sponsor_id and one.deleted_at is null)
        or exists (select 1 from directory_group as one where one.id = stands.sponsor_id and one.deleted_at is null))
    order by stands.sponsor_id`.execute(tx.db<unknown>());
  return rows;
}

export async function insertSponsor(tx: Tx, userId: Id, { id, kind }: Sponsor): Promise<void> {
  // Taken away and given back at one instant: a clock may stand still.
  await sql`insert into user_sponsor (user_id, sponsor_id, sponsor_kind, valid_from)
    values (${userId}, ${id}, ${kind}, ${tx.now})
    on conflict (user_id, sponsor_id, valid_from) do update set valid_to = null`.execute(tx.db<unknown>());
}

export async function closeSponsor(tx: Tx, userId: Id, sponsorId: Id): Promise<void> {
  await sql`update user_sponsor set valid_to = ${tx.now}
    where user_id = ${userId} and sponsor_id = ${sponsorId} and valid_to is null`.execute(tx.db<unknown>());
}

/** The people whom some sponsors are: users, and everybody in their groups. */
export async function peopleAmong(tx: Tx, sponsors: readonly Sponsor[]): Promise<Id[]> {
  const ids: Id[] = [];
  for (const { id, kind } of sponsors) ids.push(...(kind === 'user' ? [id] : await loadUsersIn(tx, id)));
  return [...new Set(ids)];
}
