import { accept, type Outcome } from '../../kernel/outcome.ts';
import { wrong } from '../refusals.ts';

/** What there may be at most. Source: "Microsoft Entra ID Governance service limits". */
export const limits = {
  catalogs: 1_500,
  accessPackages: 4_000,
  accessPackagesPerCatalog: 50,
  resourcesPerCatalog: 50,
  policies: 5_000,
  policiesPerPackage: 10,
  connectedOrganizations: 2_500,
  assignments: 100_000,
  assignmentsPerPackage: 10_000,
} as const;

/** Whether one more catalog may be made. Refuses with `CatalogLimitReached` (400). */
export function roomForCatalog(count: number): Outcome<void> {
  if (count < limits.catalogs) return accept(undefined);
  return wrong('CatalogLimitReached', `There are ${limits.catalogs} catalogs, which is the most. Delete one first.`);
}

/** Whether one more package may be made in a catalog. Refuses with `AccessPackageLimitReached` (400). */
export function roomForPackage(count: { readonly inCatalog: number; readonly inAll: number }): Outcome<void> {
  const code = 'AccessPackageLimitReached';
  if (count.inCatalog >= limits.accessPackagesPerCatalog) {
    const message = `The catalog has ${limits.accessPackagesPerCatalog} access packages, which is the most. Use another one.`;
    return wrong(code, message, 'catalog/id');
  }
  if (count.inAll < limits.accessPackages) return accept(undefined);
  return wrong(code, `There are ${limits.accessPackages} access packages, which is the most. Delete one first.`);
}

/** Whether a catalog may have one more resource. Refuses with `ResourceLimitReached` (400). */
export function roomForResource(count: number): Outcome<void> {
  if (count < limits.resourcesPerCatalog) return accept(undefined);
  const message = `The catalog has ${limits.resourcesPerCatalog} resources, which is the most. Take one out, or use another catalog.`;
  return wrong('ResourceLimitReached', message, 'catalog/id');
}

/** Whether a package may have one more policy. Refuses with `AssignmentPolicyLimitReached` (400). */
export function roomForPolicy(count: { readonly ofPackage: number; readonly inAll: number }): Outcome<void> {
  const code = 'AssignmentPolicyLimitReached';
  if (count.ofPackage >= limits.policiesPerPackage) {
    const message = `The package has ${limits.policiesPerPackage} policies, which is the most. Change or delete one.`;
    return wrong(code, message, 'accessPackage/id');
  }
  if (count.inAll < limits.policies) return accept(undefined);
  return wrong(code, `There are ${limits.policies} policies, which is the most. Delete one first.`);
}

/** Whether one more organization may be connected. Refuses with `ConnectedOrganizationLimitReached` (400). */
export function roomForOrganization(count: number): Outcome<void> {
  if (count < limits.connectedOrganizations) return accept(undefined);
  const message = `There are ${limits.connectedOrganizations} connected organizations, which is the most. Delete one first.`;
  return wrong('ConnectedOrganizationLimitReached', message);
}

/** What is full of assignments: the package, or the whole tenant; null while there is room. */
export type Full = 'package' | 'tenant' | null;

/** What is said of it. */
export function fullMessage(full: NonNullable<Full>): string {
  return full === 'package'
    ? `${limits.assignmentsPerPackage} people have the package, which is the most. Remove assignments, or make another package.`
    : `There are ${limits.assignments} assignments, which is the most. Remove some first.`;
}

/**
 * Whether so many found in a part of all (one of `parts` of about the same size) may mean that a limit is near, so that
 * all have to be counted. Parts vary: from four fifths of the limit on they are counted.
 */
export function mayBeFull(found: number, parts: number, limit: number): boolean {
  return found * parts * 5 >= limit * 4;
}
