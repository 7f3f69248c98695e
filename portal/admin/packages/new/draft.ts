import type { Picked } from '../../../parts/picked.ts';
import { newPolicy, type PolicyDraft } from '../../policy/draft.ts';
import type { Resource, ResourceRole } from '../../wire.ts';

/** A resource of the catalog, and which of its roles the package gives. */
export interface GivenRole {
  readonly resource: Pick<Resource, 'id' | 'displayName' | 'originId' | 'originSystem'>;
  readonly role: Pick<ResourceRole, 'displayName' | 'originId' | 'originSystem'>;
}

/** What of a package exists already, when making it stopped half way. */
export interface Made {
  readonly packageId: string | null;
  /** Resource role scopes by the origin id of their role. */
  readonly roles: Readonly<Record<string, string>>;
  readonly policyId: string | null;
  /** Whether the policy is there as it was written, and not only by its name. */
  readonly isPolicyWhole: boolean;
  /** Ids of what is marked as incompatible. */
  readonly duties: readonly string[];
}

/** A package while somebody writes it. */
export interface PackageDraft {
  readonly displayName: string;
  readonly description: string;
  readonly catalog: Picked | null;
  readonly isHidden: boolean;
  readonly roles: readonly GivenRole[];
  readonly policy: PolicyDraft;
  readonly incompatible: readonly Picked[];
  readonly made: Made;
  /** Steps that somebody wanted to leave: what is wrong there is said. */
  readonly tried: readonly string[];
}

export const nothingMade: Made = { packageId: null, roles: {}, policyId: null, isPolicyWhole: false, duties: [] };

/** A package as it begins. `policyName`: what its first policy is called. */
export function newPackage(policyName: string): PackageDraft {
  return {
    displayName: '',
    description: '',
    catalog: null,
    isHidden: false,
    roles: [],
    policy: newPolicy(policyName),
    incompatible: [],
    made: nothingMade,
    tried: [],
  };
}
