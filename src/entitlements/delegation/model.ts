import type { Relation } from '../../access/index.ts';
import { type Id, isId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** A role of entitlement management: what its holders may do in one catalog, or in all of the first door. */
export interface EntitlementRole {
  readonly id: Id;
  readonly displayName: string;
  readonly description: string | null;
  readonly isBuiltIn: boolean;
  /** Whether it can be assigned. Who has it keeps it. */
  readonly isEnabled: boolean;
  readonly templateId: string;
  readonly version: string;
  readonly actions: readonly ResourceAction[];
  readonly modifiedAt: Instant;
}

const namespace = 'microsoft.entitlementManagement';

/** What each resource action makes of who may do it. Names are Microsoft's, but for that of connected organizations. */
const meanings = {
  [`${namespace}/allEntities/allTasks`]: 'catalogOwner',
  [`${namespace}/allEntities/Read`]: 'catalogReader',
  [`${namespace}/AccessPackageCatalog/allEntities/Read`]: 'catalogReader',
  [`${namespace}/AccessPackageCatalog/AccessPackage/allTasks`]: 'packageManager',
  [`${namespace}/AccessPackageCatalog/AccessPackage/GrantRequests/allTasks`]: 'assignmentManager',
  [`${namespace}/AccessPackageCatalog/AccessPackage/Grants/allTasks`]: 'assignmentManager',
  [`${namespace}/AccessPackageCatalog/Create`]: 'catalogCreator',
  [`${namespace}/ConnectedOrganization/allTasks`]: 'connectedOrganizationAdministrator',
} as const satisfies Record<string, Relation>;

/** A resource action of entitlement management, as role definitions list it. */
export type ResourceAction = keyof typeof meanings;

/** Every resource action that a role may have. */
export const resourceActions = Object.keys(meanings) as readonly ResourceAction[];

const tenantWide: readonly Relation[] = ['catalogCreator', 'connectedOrganizationAdministrator'];

/** Whether an action is about the first door as a whole, and not about what is in one catalog. */
export function isTenantWide(action: ResourceAction): boolean {
  return tenantWide.includes(meanings[action]);
}

/**
 * How a holder of actions stands to what they are about. Whoever may do anything in a catalog may see what is in it.
 */
export function relationsOf(actions: Iterable<ResourceAction>): Relation[] {
  const relations = new Set<Relation>([...actions].map((action) => meanings[action]));
  if ([...relations].some((one) => !tenantWide.includes(one))) relations.add('catalogReader');
  return [...relations];
}

/** The resource action of a name, in any letter case; null if there is none. */
export function actionOf(name: string): ResourceAction | null {
  return resourceActions.find((one) => one.toLowerCase() === name.toLowerCase()) ?? null;
}

type BuiltIn = Pick<EntitlementRole, 'id' | 'displayName' | 'actions'>;

/** Ids of the built-in roles; the same in every Entra tenant. */
export const entitlementRoleIds = {
  catalogOwner: 'ae79f266-94d4-4dab-b730-feca7e132178',
  catalogReader: '44272f93-9762-48e8-af59-1b5351b1d6b3',
  accessPackageManager: '7f480852-ebdc-47d4-87de-0d8498384a83',
  assignmentManager: 'e2182095-804a-4656-ae11-64734e9b7ae5',
  catalogCreator: 'ba92d953-d8e0-4e39-a797-0cbedb0a89e8',
  connectedOrganizationAdministrator: 'e65cf63f-9cc2-4b48-8871-cb667e9d90fb',
} as const;

const readsCatalog = `${namespace}/AccessPackageCatalog/allEntities/Read` as const;

/** The built-in roles, named as `GET /roleManagement/entitlementManagement/roleDefinitions` names them. */
export const builtInRoles: readonly BuiltIn[] = [
  {
    id: entitlementRoleIds.catalogOwner,
    displayName: 'Catalog owner',
    actions: [`${namespace}/allEntities/allTasks`],
  },
  {
    id: entitlementRoleIds.catalogReader,
    displayName: 'Catalog reader',
    actions: [`${namespace}/allEntities/Read`],
  },
  {
    id: entitlementRoleIds.accessPackageManager,
    displayName: 'AccessPackages manager',
    actions: [`${namespace}/AccessPackageCatalog/AccessPackage/allTasks`, readsCatalog],
  },
  {
    id: entitlementRoleIds.catalogCreator,
    displayName: 'Catalog creator',
    actions: [`${namespace}/AccessPackageCatalog/Create`],
  },
  {
    id: entitlementRoleIds.assignmentManager,
    displayName: 'AccessPackage assignment manager',
    actions: [
      `${namespace}/AccessPackageCatalog/AccessPackage/GrantRequests/allTasks`,
      `${namespace}/AccessPackageCatalog/AccessPackage/Grants/allTasks`,
      readsCatalog,
    ],
  },
  {
    id: entitlementRoleIds.connectedOrganizationAdministrator,
    displayName: 'Connected organization administrator',
    actions: [`${namespace}/ConnectedOrganization/allTasks`],
  },
];

/** What a role of entitlement management is had for: all of the first door, or one catalog. */
export type RoleScope = { readonly is: 'tenant' } | { readonly is: 'catalog'; readonly catalogId: Id };

/** The scope as the ledger and Graph write it: `/`, or `/AccessPackageCatalog/{id}`. */
export function scopeText(scope: RoleScope): string {
  return scope.is === 'tenant' ? '/' : catalogScope(scope.catalogId);
}

/** The scope of one catalog. */
export function catalogScope(catalogId: Id): string {
  return `/AccessPackageCatalog/${catalogId}`;
}

/** What a scope says; null if it is none of entitlement management. */
export function parseScope(text: string): RoleScope | null {
  if (text === '/') return { is: 'tenant' };
  const [, id] = /^\/AccessPackageCatalog\/([^/]+)$/i.exec(text) ?? [];
  return id !== undefined && isId(id) ? { is: 'catalog', catalogId: id.toLowerCase() } : null;
}
