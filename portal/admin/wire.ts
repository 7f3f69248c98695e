/** What the first door answers, as far as the portal reads it; Graph's names. */

/** Where Graph's first door is. */
export const entitlements = '/v1.0/identityGovernance/entitlementManagement';
/** Where its roles are. */
export const delegation = '/v1.0/roleManagement/entitlementManagement';

/** A thing by its id and name. */
export interface NamedThing {
  readonly id: string;
  readonly displayName: string;
}

/** `accessPackageCatalog`. */
export interface Catalog extends NamedThing {
  readonly description: string | null;
  readonly catalogType: 'userManaged' | 'serviceDefault' | 'serviceManaged';
  readonly state: 'published' | 'unpublished';
  readonly isExternallyVisible: boolean;
  readonly createdDateTime: string;
  readonly modifiedDateTime: string;
}

/** `accessPackage`. */
export interface AccessPackage extends NamedThing {
  readonly description: string | null;
  readonly isHidden: boolean;
  readonly createdDateTime: string;
  readonly modifiedDateTime: string;
  readonly catalog?: NamedThing;
}

/** A package with its catalog. */
export type WholePackage = AccessPackage & { readonly catalog: NamedThing };

/** `accessPackageResource`. */
export interface Resource extends NamedThing {
  readonly description: string | null;
  readonly originId: string;
  readonly originSystem: 'AadGroup' | 'DirectoryRole';
  readonly createdDateTime: string;
  readonly roles?: readonly ResourceRole[];
}

/** `accessPackageResourceRole`. */
export interface ResourceRole extends NamedThing {
  readonly originId: string;
  readonly originSystem: string;
  readonly resource?: Resource;
}

/** `accessPackageResourceRoleScope`. */
export interface RoleScope {
  readonly id: string;
  readonly role: ResourceRole;
}

/** `unifiedRoleAssignment` of entitlement management. */
export interface Delegation {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly roleDefinition?: NamedThing;
  readonly principal?: { readonly '@odata.type': string; readonly id: string; readonly displayName: string | null };
}
