import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { OriginSystem, ResourceRoleKind } from '../catalog/model.ts';

/** A bundle of resource roles that people ask for. */
export interface AccessPackage {
  readonly id: Id;
  readonly catalogId: Id;
  readonly displayName: string;
  readonly description: string | null;
  /** Not shown to those who look for packages; who knows of it may ask for it. */
  readonly isHidden: boolean;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
}

/** One thing that a package gives. */
export interface PackageContent {
  /** The id of the resource role scope. */
  readonly id: Id;
  readonly originSystem: OriginSystem;
  readonly originId: Id;
  readonly kind: ResourceRoleKind;
  /** The resource's name. */
  readonly displayName: string;
}
