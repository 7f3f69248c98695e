import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PrivilegeKind } from '../model.ts';
import { pathsOf } from '../store.ts';

/** A privilege that is active, and until when: the latest end of the ways to it; null for no end. */
export interface Held {
  readonly kind: PrivilegeKind;
  readonly id: Id;
  readonly scope: string;
  readonly until: Instant | null;
}

/**
 * Everything that is active for a principal at an instant, by whatever way, one row a privilege. Nothing while the
 * account may not be used.
 */
export async function loadHeld(db: Kysely<unknown>, principal: Id, at: Instant): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select held.privilege_kind as kind, held.privilege_id as id, held.scope,
      case when bool_or(path.until is null) then null else max(path.until) end as until
    from ${pathsOf(sql`${principal}::uuid`, at)} as path join "grant" as held on held.id = path.grant_id
    where held.mode = 'active'
    group by held.privilege_kind, held.privilege_id, held.scope
    order by held.privilege_kind, held.privilege_id, held.scope`.execute(db);
  return rows;
}
