import type { Refused } from '../../kernel/outcome.ts';
import { notBuilt, wrong } from '../refusals.ts';
import type { PolicyDocument } from './document.ts';

type Scope = PolicyDocument['allowedTargetScope'];

/** Scopes for people of other organizations. Of them this server sees the guests of its directory. */
const forOutsiders: readonly Scope[] = [
  'specificConnectedOrganizationUsers',
  'allConfiguredConnectedOrganizationUsers',
  'allExternalUsers',
];

/** Whether a scope is for people of other organizations, to whom the catalog has to be open. */
export function isForOutsiders(scope: Scope): boolean {
  return forOutsiders.includes(scope);
}

/** Priorities P1 to P4 of scopes, from Entra's "Troubleshoot entitlement management"; the lowest counts. */
const ranks: Readonly<Partial<Record<Scope, number>>> = {
  specificDirectoryUsers: 1,
  specificConnectedOrganizationUsers: 1,
  allMemberUsers: 2,
  allDirectoryUsers: 3,
  allConfiguredConnectedOrganizationUsers: 4,
  allExternalUsers: 4,
};

/** Rank of a policy when several let a person in; the lowest counts. */
export function rankOf({ allowedTargetScope }: Pick<PolicyDocument, 'allowedTargetScope'>): number {
  return ranks[allowedTargetScope] ?? Number.POSITIVE_INFINITY;
}

/**
 * What is wrong with a scope by itself; null if nothing. Refuses scopes for applications (501), and `allExternalUsers`
 * without approval with `ApprovalRequiredForOutsiders` (400): anybody at all could get in.
 */
export function scopeFault(policy: PolicyDocument): Refused | null {
  const { allowedTargetScope: scope, requestApprovalSettings } = policy;
  const path = 'allowedTargetScope';
  if (['specificDirectoryServicePrincipals', 'allDirectoryServicePrincipals'].includes(scope)) {
    return notBuilt('packages for applications', path);
  }
  if (scope === 'allDirectoryAgentIdentities') return notBuilt('packages for agent identities', path);
  if (scope === 'allExternalUsers' && !requestApprovalSettings.isApprovalRequiredForAdd) {
    return wrong(
      'ApprovalRequiredForOutsiders',
      'Somebody has to approve where everyone outside may ask.',
      'requestApprovalSettings/isApprovalRequiredForAdd',
    );
  }
  return null;
}
