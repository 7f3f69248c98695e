import {
  anything,
  bool,
  enumOf,
  guid,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';

const readOnlyTimes = ['createdDateTime', 'modifiedDateTime'];

/** `accessPackageCatalog`, as it is sent. */
export const catalogBody = shape(
  {
    displayName: text({ minLength: 1, maxLength: 256 }),
    description: nullable(text({ maxLength: 4096 })),
    state: enumOf(['unpublished', 'published']),
    isExternallyVisible: bool(),
  },
  { readOnly: ['id', 'catalogType', ...readOnlyTimes] },
);

/** What may be said of a catalog. */
export type CatalogBody = Static<typeof catalogBody>;

/** A thing that is named by its id: `{ "id": "…" }`. What else clients read along with it is dropped. */
export function byId(...also: readonly string[]) {
  return shape({ id: required(guid()) }, { readOnly: ['displayName', 'description', ...readOnlyTimes, ...also] });
}

/** `accessPackageResourceRequest`, as it is sent. */
export const resourceRequestBody = shape(
  {
    requestType: required(text({ maxLength: 64 })),
    resource: required(
      shape(
        {
          id: guid(),
          // The address of a site is none of ours: it is refused by its system, not for its form.
          originId: text({ maxLength: 2048 }),
          originSystem: text({ maxLength: 64 }),
          displayName: nullable(text({ maxLength: 256 })),
          description: nullable(text({ maxLength: 4096 })),
          attributes: nullable(listOf(anything(), { maxItems: 100 })),
        },
        { readOnly: ['environment', 'roles', 'scopes', ...readOnlyTimes] },
      ),
    ),
    catalog: byId('catalogType', 'state', 'isExternallyVisible'),
    // Beta's spelling, which v1.0's documentation shows in places.
    justification: nullable(text({ maxLength: 4096 })),
  },
  { readOnly: ['id', 'state', 'createdDateTime'], welcome: ['justification'] },
);

/** A wish to add a resource to a catalog or to take it out. */
export type ResourceRequestBody = Static<typeof resourceRequestBody>;

/** `entitlementManagementSettings`, as it is sent. */
export const settingsBody = shape(
  {
    externalUserLifecycleAction: enumOf(['none', 'blockSignIn', 'blockSignInAndDelete']),
    durationUntilExternalUserDeletedAfterBlocked: text({ maxLength: 64 }),
  },
  { readOnly: ['id'] },
);

/** What may be said of the tenant's settings. */
export type SettingsBody = Static<typeof settingsBody>;
