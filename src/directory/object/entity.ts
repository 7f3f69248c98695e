import { sql } from 'kysely';
import type { AccessOperation } from '../../access/index.ts';
import { wasEverGiven } from '../../grants/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { guid, instant, text } from '../../graph/properties.ts';
import { mayRead } from './readers.ts';

const types = {
  user: '#microsoft.graph.user',
  group: '#microsoft.graph.group',
  app: '#microsoft.graph.servicePrincipal',
  role: '#microsoft.graph.directoryRole',
} as const;

/** A set that is read as a whole or not at all. */
export function readableBy(operation: AccessOperation): Required<Pick<EntitySet, 'visible' | 'listable'>> {
  const listable = ({ reader }: ReadContext) => mayRead(operation, reader);
  return { listable, visible: (_row, context) => sql.lit(listable(context)) };
}

function typeOf(row: Row): Sql {
  const cases = Object.entries(types).map(([kind, type]) => sql`when ${sql.lit(kind)} then ${sql.lit(type)}`);
  return sql`case ${row('kind')} ${sql.join(cases, sql` `)} end`;
}

function kindsFor({ reader }: ReadContext): readonly string[] {
  return [
    ...(mayRead('user.read', reader) ? ['user'] : []),
    ...(mayRead('group.read', reader) ? ['group'] : []),
    ...(mayRead('servicePrincipal.read', reader) ? ['app'] : []),
    ...(mayRead('roleDefinition.read', reader) ? ['role'] : []),
  ];
}

function visible(row: Row, context: ReadContext): Sql {
  const kinds = kindsFor(context);
  return kinds.length === 0 ? sql`false` : sql`${row('kind')} in (${sql.join(kinds.map((kind) => sql.lit(kind)))})`;
}

const advanced = { sortable: [], filtered: [], missing: ['displayName'] } as const;

/** `/directoryObjects`: users, groups, service principals and directory roles, each written as its own type. */
export const directoryObjects: EntitySet = {
  name: 'directoryObjects',
  type: 'microsoft.graph.directoryObject',
  // What is deleted is left out around the union, not in it: only so does PostgreSQL take each part in the order of its index.
  from: () => sql`(select every.* from (
    select 'user'::text as kind, id, display_name, deleted_at from directory_user
    union all select 'group'::text, id, display_name, deleted_at from directory_group
    union all select 'app'::text, id, display_name, deleted_at from service_principal
    union all select 'role'::text, id, display_name, null::timestamptz from role_definition as role
      where role.is_built_in and (role.activated_at is not null or ${wasEverGiven('role', sql`role.id`)})) as every where every.deleted_at is null)`,
  properties: {
    id: guid('id'),
    deletedDateTime: instant('deleted_at', { onlyOnSelect: true }),
    displayName: text('display_name', { onlyOnSelect: true }),
  },
  visible,
  listable: (context) => kindsFor(context).length > 0,
  derived: {
    [types.user]: 'users',
    [types.group]: 'groups',
    [types.app]: 'servicePrincipals',
    [types.role]: 'directoryRoles',
  },
  typeOf,
  writesType: true,
  searchable: ['displayName'],
  advanced,
};

/** `/directory/deletedItems`: what can be restored. */
export const deletedItems: EntitySet = {
  name: 'deletedItems',
  type: 'microsoft.graph.directoryObject',
  from: ({ now }) => sql`(select 'user' as kind, id, deleted_at from directory_user
      where purged_at is null and deleted_at > ${now}::timestamptz - interval '720 hours'
    union all select 'group', id, deleted_at from directory_group
      where purged_at is null and deleted_at > ${now}::timestamptz - interval '720 hours')`,
  properties: { id: guid('id'), deletedDateTime: instant('deleted_at') },
  visible,
  listable: (context) => kindsFor(context).length > 0,
  derived: { [types.user]: 'deletedUsers', [types.group]: 'deletedGroups' },
  typeOf,
  writesType: true,
  advanced,
  order: 'deletedDateTime desc',
};

/** SQL: whether an object is one of some ids and, where given, of some types (`user`, `group`, …). */
export function isAmong(ids: readonly string[], wanted: readonly string[] | null): (row: Row) => Sql {
  const lower = wanted?.map((type) => type.toLowerCase()) ?? null;
  const names = { user: 'user', group: 'group', app: 'serviceprincipal', role: 'directoryrole' };
  const any = lower === null || lower.length === 0 || lower.includes('directoryobject');
  const kinds = Object.entries(names).flatMap(([kind, name]) => (any || lower.includes(name) ? [kind] : []));
  return (row) => sql`(${row('id')}::text = any(${ids.map((id) => id.toLowerCase())}::text[])
    and ${row('kind')} = any(${kinds}::text[]))`;
}
