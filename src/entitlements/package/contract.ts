import { bool, guid, nullable, required, type Static, shape, text } from '../../graph/schema.ts';
import { byId } from '../catalog/contract.ts';

/** `accessPackage`, as it is sent. */
export const packageBody = shape(
  {
    displayName: text({ minLength: 1, maxLength: 256 }),
    description: nullable(text({ maxLength: 4096 })),
    isHidden: nullable(bool()),
    catalog: nullable(byId('catalogType', 'state', 'isExternallyVisible')),
  },
  { readOnly: ['id', 'createdDateTime', 'modifiedDateTime'] },
);

/** What may be said of a package. */
export type PackageBody = Static<typeof packageBody>;

const names = ['displayName', 'description', 'createdDateTime', 'modifiedDateTime', 'attributes', 'environment'];

const resource = shape(
  { id: guid(), originId: text({ maxLength: 2048 }), originSystem: text({ maxLength: 64 }) },
  // `resourceType` and `type` stand in Microsoft's examples of Azure resources alone.
  { readOnly: [...names, 'roles', 'scopes', 'resourceType'] },
);

/** `accessPackageResourceRoleScope`, as it is sent. */
export const roleScopeBody = shape(
  {
    role: required(
      shape(
        {
          id: nullable(text({ maxLength: 128 })),
          originId: required(text({ maxLength: 2048 })),
          originSystem: nullable(text({ maxLength: 64 })),
          resource: nullable(resource),
        },
        { readOnly: ['displayName', 'description', 'type'] },
      ),
    ),
    scope: nullable(
      shape(
        {
          id: nullable(text({ maxLength: 128 })),
          originId: nullable(text({ maxLength: 2048 })),
          originSystem: nullable(text({ maxLength: 64 })),
          resource: nullable(resource),
        },
        { readOnly: ['displayName', 'description', 'isRootScope'] },
      ),
    ),
  },
  { readOnly: ['id', 'createdDateTime'] },
);

/** A wish that a package gives a role of a resource. */
export type RoleScopeBody = Static<typeof roleScopeBody>;
