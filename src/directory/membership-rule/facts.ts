import type { Instant } from '../../kernel/time.ts';
import type { PlanField } from './rule.ts';

/** Facts that are one string; the keys are Graph's. Leaving one out means null. */
export interface TextFacts {
  readonly city?: string | null;
  readonly country?: string | null;
  readonly companyName?: string | null;
  readonly department?: string | null;
  readonly displayName?: string | null;
  readonly employeeId?: string | null;
  readonly faxNumber?: string | null;
  readonly givenName?: string | null;
  readonly jobTitle?: string | null;
  readonly mail?: string | null;
  readonly mailNickname?: string | null;
  readonly mobilePhone?: string | null;
  readonly officeLocation?: string | null;
  readonly onPremisesDistinguishedName?: string | null;
  readonly onPremisesSecurityIdentifier?: string | null;
  readonly passwordPolicies?: string | null;
  readonly postalCode?: string | null;
  readonly preferredLanguage?: string | null;
  readonly state?: string | null;
  readonly streetAddress?: string | null;
  readonly surname?: string | null;
  readonly usageLocation?: string | null;
  readonly userPrincipalName?: string | null;
  readonly userType?: string | null;
  /** The first of Graph's `imAddresses`. */
  readonly sipProxyAddress?: string | null;
  /** The first of Graph's `businessPhones`. */
  readonly telephoneNumber?: string | null;
}

/** What rules may ask about a user. */
export interface UserFacts extends TextFacts {
  readonly id: string;
  readonly accountEnabled: boolean | null;
  readonly onPremisesSyncEnabled?: boolean | null;
  readonly employeeHireDate?: Instant | null;
  readonly managerId: string | null;
  readonly otherMails: readonly string[];
  readonly proxyAddresses: readonly string[];
  readonly assignedPlans: readonly Readonly<Record<PlanField, string | null>>[];
  /** Groups that the user is a direct member of. */
  readonly memberOfGroupIds: readonly string[];
  /** `extensionAttribute1` to `15` and directory extensions (`extension_<app>_<name>`) that are set. */
  readonly extensions?: Readonly<Record<string, string | null>>;
}

/** The string that a fact holds; null if it is not set. Takes the fact's name as the attribute table has it. */
export function textFact(facts: UserFacts, fact: string): string | null {
  if (fact.startsWith('extension')) {
    const extensions = facts.extensions ?? {};
    return Object.hasOwn(extensions, fact) ? (extensions[fact] ?? null) : null;
  }
  return fact === 'id' ? facts.id : (facts[fact as keyof TextFacts] ?? null);
}
