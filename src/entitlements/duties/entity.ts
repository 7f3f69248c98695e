import { sql } from 'kysely';
import type { Navigation, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { many } from '../../graph/properties.ts';
import { managedPackages, readsAll } from '../visible/entity.ts';

/**
 * SQL: whether the package of the one row excludes what the other row is. Who may not see all, or has no role in the
 * catalog of the package, learns nothing of it.
 */
function excludes(packageId: Sql, kind: 'package' | 'group', excludedId: Sql, context: ReadContext): Sql {
  return sql`((${readsAll(context)} or ${packageId} in ${managedPackages(context)}) and exists (select 1 from package_incompatibility as pair
    where pair.package_id = ${packageId} and pair.excludes_kind = ${kind} and pair.excludes_id = ${excludedId}
      and pair.removed_at is null))`;
}

/** What a package cannot be had together with, and which packages say so of it. */
export const dutyNavigation: Readonly<Record<string, Navigation>> = {
  incompatibleAccessPackages: many('accessPackages', (parent, child, context) =>
    excludes(parent('id'), 'package', child('id'), context),
  ),
  accessPackagesIncompatibleWith: many('accessPackages', (parent, child, context) =>
    excludes(child('id'), 'package', parent('id'), context),
  ),
  incompatibleGroups: many('groups', (parent, child, context) => excludes(parent('id'), 'group', child('id'), context)),
};

type Narrow = (row: Row, context: ReadContext) => Sql;

/** SQL: whether the aliased assignment is in force. */
function inForce(row: Row, { now }: ReadContext): Sql {
  return sql`(${row('starts_at')} <= ${now}::timestamptz
    and coalesce(least(${row('ends_at')}, ${row('ended_at')}) > ${now}::timestamptz, true))`;
}

const other: Row = (column) => sql`${sql.ref(`other.${column}`)}`;

/** What `additionalAccess(…)` leaves of the assignments: those of a package whose target has the other package too. */
export function additionalTo(packageId: string, otherId: string): Narrow {
  return (row, context) => sql`(${row('package_id')} = ${packageId}::uuid and ${inForce(row, context)}
    and exists (select 1 from package_assignment as other where other.target_id = ${row('target_id')}
      and other.package_id = ${otherId}::uuid and ${inForce(other, context)}))`;
}

/** What `additionalAccess()` leaves: assignments of packages whose target also has what the package excludes. */
export const additionalAccess: Narrow = (row, context) => sql`(${inForce(row, context)}
  and exists (select 1 from package_incompatibility as pair
    join package_assignment as other on other.package_id = pair.excludes_id
    where pair.package_id = ${row('package_id')} and pair.excludes_kind = 'package' and pair.removed_at is null
      and other.target_id = ${row('target_id')} and ${inForce(other, context)}))`;
