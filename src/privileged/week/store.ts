import { type Kysely, sql } from 'kysely';
import { ledger } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Week, WeekCounts } from './model.ts';

/** Whether a week is open at an instant. */
export async function hasOpenWeek(db: Kysely<unknown>, at: Instant): Promise<boolean> {
  const { rows } = await sql`select 1 from pim_week where ends_at > ${at} limit 1`.execute(db);
  return rows.length > 0;
}

export async function insertWeek(db: Kysely<unknown>, { id, from, until }: Week): Promise<void> {
  await sql`insert into pim_week (id, began_at, ends_at) values (${id}, ${from}, ${until})`.execute(db);
}

/** A week by its id. */
export async function loadWeek(db: Kysely<unknown>, id: Id): Promise<Week | null> {
  const { rows } = await sql<Week>`
    select id, began_at as "from", ends_at as "until" from pim_week where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** How often something happened in a week, to roles and to groups, as the ledger has it. */
export async function countWeek(
  db: Kysely<unknown>,
  { from, until }: Week,
): Promise<{ readonly roles: WeekCounts; readonly groups: WeekCounts }> {
  const { rows } = await sql<{ ofRole: boolean } & Record<keyof WeekCounts, string>>`
    with counted as (
      select held.privilege_kind = 'role' as of_role, held.mode, held.origin_kind, held.ends_at,
        held.given_at >= ${from}::timestamptz and held.given_at < ${until}::timestamptz as is_given,
        coalesce(least(held.ends_at, held.ended_at) >= ${from}::timestamptz
          and least(held.ends_at, held.ended_at) < ${until}::timestamptz, false) as is_over,
        held.origin_kind = 'package'
          or exists (select 1 from schedule_request as asked where asked.grant_id = held.id) as is_in_pim
      from ${ledger} as held
      where held.privilege_kind in ('role', 'group-member', 'group-owner')
        -- Who is simply in a group has nothing to do with PIM.
        and (held.privilege_kind = 'role' or held.mode = 'eligible' or held.origin_kind = 'activation')
    )
    select of_role as "ofRole",
      count(*) filter (where is_given and origin_kind = 'activation') as activated,
      count(*) filter (where is_given and mode = 'eligible') as eligible,
      count(*) filter (where is_given and mode = 'active' and origin_kind <> 'activation' and is_in_pim) as active,
      count(*) filter (where is_given and mode = 'active' and origin_kind <> 'activation' and is_in_pim
        and ends_at is null) as permanent,
      count(*) filter (where is_given and mode = 'active' and origin_kind <> 'activation' and not is_in_pim) as outside,
      count(*) filter (where is_over and origin_kind <> 'activation') as ended
    from counted group by of_role`.execute(db);
  const of = (ofRole: boolean) => countsOf(rows.find((row) => row.ofRole === ofRole));
  return { roles: of(true), groups: of(false) };
}

function countsOf(row: Record<keyof WeekCounts, string> | undefined): WeekCounts {
  const count = (name: keyof WeekCounts) => Number(row?.[name] ?? 0);
  return {
    activated: count('activated'),
    eligible: count('eligible'),
    active: count('active'),
    permanent: count('permanent'),
    outside: count('outside'),
    ended: count('ended'),
  };
}
