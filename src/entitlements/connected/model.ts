import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** Where people of an organization are known from, in Graph's shape. */
export interface IdentitySource {
  readonly '@odata.type': string;
  readonly displayName?: string | null;
  readonly domainName?: string;
  readonly issuerUri?: string | null;
  readonly tenantId?: string;
  readonly cloudInstance?: string;
  readonly socialIdentitySourceType?: string;
}

/** Another organization whose people may ask for packages. */
export interface ConnectedOrganization {
  readonly id: Id;
  readonly displayName: string;
  readonly description: string | null;
  /** Configured: somebody wants it. Proposed: it came about because one of its people asked for access. */
  readonly state: 'configured' | 'proposed';
  readonly identitySources: readonly IdentitySource[];
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
}

const graph = '#microsoft.graph.';

/** Types of identity sources, in Graph's spelling. */
export const sourceTypes = {
  domain: `${graph}domainIdentitySource`,
  federation: `${graph}externalDomainFederation`,
  tenant: `${graph}azureActiveDirectoryTenant`,
  crossCloudTenant: `${graph}crossCloudAzureActiveDirectoryTenant`,
  social: `${graph}socialIdentitySource`,
} as const;

/**
 * The domain by which a source knows its people, in lower case; null for the others. Tenants have domains too, but
 * only they themselves know which.
 */
export function domainOf({ domainName }: IdentitySource): string | null {
  return domainName?.toLowerCase() ?? null;
}

/** What tells that two sources are the same one. */
export function sameSource(one: IdentitySource, other: IdentitySource): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(source: IdentitySource): string {
  const { domainName, tenantId, socialIdentitySourceType } = source;
  return (domainName ?? tenantId ?? socialIdentitySourceType ?? '').toLowerCase();
}

/** The organization that people of a domain belong to; null if there is none. */
export function organizationOf<O extends Pick<ConnectedOrganization, 'identitySources'>>(
  domain: string | null,
  organizations: readonly O[],
): O | null {
  if (domain === null) return null;
  const isTheirs = ({ identitySources }: O) => identitySources.some((source) => domainOf(source) === domain);
  return organizations.find(isTheirs) ?? null;
}
