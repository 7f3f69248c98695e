import { sql } from 'kysely';
import { roleIds } from '../../access/index.ts';
import { ledger, liveAt, wasEverGiven } from '../../grants/index.ts';
import type { EntitySet } from '../../graph/declaration.ts';
import { absent, bool, collectionOf, complex, guid, many, manyOf, text } from '../../graph/properties.ts';
import { readableBy } from '../object/entity.ts';

const readable = readableBy('roleDefinition.read');

const { directoryReaders } = roleIds;

/** `/roleManagement/directory/roleDefinitions`. */
export const roleDefinitions: EntitySet = {
  name: 'roleDefinitions',
  type: 'microsoft.graph.unifiedRoleDefinition',
  from: () => sql`(select * from role_definition where deleted_at is null)`,
  properties: {
    id: guid('id'),
    description: text('description'),
    displayName: text('display_name'),
    isBuiltIn: bool('is_built_in'),
    isEnabled: bool('is_enabled'),
    resourceScopes: collectionOf(text(''), () => sql`'["/"]'::jsonb`),
    rolePermissions: collectionOf(
      complex('', { condition: text('condition') }),
      (row) => sql`jsonb_build_array(jsonb_build_object(
        'allowedResourceActions', ${row('actions')}, 'condition', null))`,
    ),
    templateId: text((row) => sql`coalesce(${row('template_id')}, ${row('id')})::text`),
    version: text((row) => sql`case when ${row('is_built_in')} then '1' else ${row('version')} end`),
    // Known to beta only, so v1.0 does not show it unasked.
    isPrivileged: bool('is_privileged', { onlyOnSelect: true }),
  },
  navigation: {
    // As in Entra, where built-in roles include what Directory Readers may.
    inheritsPermissionsFrom: {
      ...many(
        'roleDefinitions',
        (parent, child) => sql`${parent('is_built_in')} and ${parent('id')} <> ${sql.lit(directoryReaders)}::uuid
          and ${child('id')} = ${sql.lit(directoryReaders)}::uuid`,
      ),
      inline: 'keys',
    },
  },
  ...readable,
  order: 'displayName',
};

const shared: EntitySet['properties'] = {
  id: guid('id'),
  deletedDateTime: absent('dateTimeOffset'),
  description: text('description'),
  displayName: text('display_name'),
};

/**
 * `/directoryRoles`: the built-in roles that were switched on, or ever given to somebody. Their id is the template's here; in
 * Entra it differs from tenant to tenant.
 */
export const directoryRoles: EntitySet = {
  name: 'directoryRoles',
  type: 'microsoft.graph.directoryRole',
  from: () => sql`(select * from role_definition as role where role.is_built_in and (role.activated_at is not null
    or ${wasEverGiven('role', sql`role.id`)}))`,
  alternateKeys: ['roleTemplateId'],
  properties: { ...shared, roleTemplateId: text((row) => sql`${row('id')}::text`) },
  navigation: {
    members: manyOf(
      'directoryObjects',
      (parent, { now }) => sql`(select held.principal_id from ${ledger} as held
        where held.privilege_id = ${parent('id')} and held.mode = 'active'
          and held.privilege_kind = 'role' and ${liveAt('held', now)})`,
    ),
  },
  ...readable,
  order: 'displayName',
};

/** `/directoryRoleTemplates`. */
export const directoryRoleTemplates: EntitySet = {
  name: 'directoryRoleTemplates',
  type: 'microsoft.graph.directoryRoleTemplate',
  from: () => sql`(select * from role_definition where is_built_in)`,
  properties: shared,
  ...readable,
  order: 'displayName',
};
