import { enumOf, listOf, nullable, oneOfTypes, required, type Static, shape, text } from '../../graph/schema.ts';

const displayName = nullable(text({ maxLength: 256 }));
const domainName = required(text({ minLength: 1, maxLength: 253 }));
const tenantId = required(text({ minLength: 1, maxLength: 64 }));
const graph = '#microsoft.graph.';

const identitySource = oneOfTypes({
  [`${graph}domainIdentitySource` as const]: shape({ displayName, domainName }),
  [`${graph}externalDomainFederation` as const]: shape({
    displayName,
    domainName,
    issuerUri: nullable(text({ maxLength: 1024 })),
  }),
  [`${graph}azureActiveDirectoryTenant` as const]: shape({ displayName, tenantId }),
  [`${graph}crossCloudAzureActiveDirectoryTenant` as const]: shape({
    displayName,
    tenantId,
    cloudInstance: required(text({ minLength: 1, maxLength: 128 })),
  }),
  [`${graph}socialIdentitySource` as const]: shape({
    displayName,
    socialIdentitySourceType: required(enumOf(['facebook'])),
  }),
});

/** `connectedOrganization`, as it is sent. */
export const organizationBody = shape(
  {
    displayName: text({ minLength: 1, maxLength: 256 }),
    description: nullable(text({ maxLength: 4096 })),
    state: enumOf(['configured', 'proposed']),
    identitySources: nullable(listOf(identitySource, { maxItems: 100 })),
  },
  { readOnly: ['id', 'createdDateTime', 'modifiedDateTime'] },
);

/** What may be said of a connected organization. */
export type OrganizationBody = Static<typeof organizationBody>;
