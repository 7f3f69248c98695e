import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

/** Properties of a user that are one string, by Graph's names. Their columns are the same in snake case. */
export const textAttributes = [
  'givenName',
  'surname',
  'jobTitle',
  'department',
  'companyName',
  'employeeId',
  'employeeType',
  'mail',
  'mailNickname',
  'mobilePhone',
  'faxNumber',
  'officeLocation',
  'streetAddress',
  'city',
  'state',
  'postalCode',
  'country',
  'preferredLanguage',
  'preferredDataLocation',
  'usageLocation',
  'userType',
  'creationType',
  'ageGroup',
  'consentProvidedForMinor',
  'passwordPolicies',
  'onPremisesDistinguishedName',
  'onPremisesDomainName',
  'onPremisesImmutableId',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesUserPrincipalName',
] as const;

export type TextAttribute = (typeof textAttributes)[number];

/** Properties of a user that are a list of strings. */
export const listAttributes = ['businessPhones', 'otherMails', 'proxyAddresses', 'imAddresses'] as const;

export type ListAttribute = (typeof listAttributes)[number];

/** `extensionAttribute1` to `extensionAttribute15`. */
export const extensionAttributes: readonly string[] = Array.from(
  { length: 15 },
  (_, n) => `extensionAttribute${n + 1}`,
);

export interface EmployeeOrgData {
  readonly division?: string | null;
  readonly costCenter?: string | null;
}

/** What is known about a user, apart from the account's state and the manager, which have a history. */
export interface UserAttributes
  extends Readonly<Record<TextAttribute, string | null>>,
    Readonly<Record<ListAttribute, readonly string[]>> {
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly onPremisesSyncEnabled: boolean | null;
  readonly showInAddressList: boolean | null;
  readonly employeeHireDate: Instant | null;
  readonly employeeLeaveDateTime: Instant | null;
  readonly employeeOrgData: EmployeeOrgData | null;
  /** Those that are set. */
  readonly extensionAttributes: Readonly<Record<string, string>>;
}

/** A person in the directory. */
export interface User extends UserAttributes {
  readonly id: Id;
  readonly createdAt: Instant;
  /** When the user was deleted; it can be restored for 30 days. */
  readonly deletedAt: Instant | null;
  /** Whether the account may be used now; of a deleted user, what a restore brings back. */
  readonly accountEnabled: boolean;
}
