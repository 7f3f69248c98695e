import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** What a package is incompatible with: another package, or membership of a group. */
export type ExcludingKind = 'package' | 'group';

/** Something that somebody has or is in, and that keeps a package from them. */
export interface Excluding {
  readonly kind: ExcludingKind;
  readonly id: Id;
  readonly displayName: string;
}

/**
 * Whether what a person has lets them have a package too. Refuses with `IncompatibleAccessPackage` or
 * `IncompatibleGroup` (400), naming all that excludes it. It holds for administrators too, and for who has both
 * already: access stays, but is not given anew (Microsoft: "Configure separation of duties checks for an access
 * package").
 */
export function decideDuties(excluding: readonly Excluding[]): Outcome<void> {
  const packages = excluding.filter(({ kind }) => kind === 'package');
  const groups = excluding.filter(({ kind }) => kind === 'group');
  const parts = [
    ...(packages.length === 0 ? [] : [`assigned ${namesOf(packages)}`]),
    ...(groups.length === 0 ? [] : [`a member of ${namesOf(groups)}`]),
  ];
  if (parts.length === 0) return accept(undefined);
  const message = `The package cannot be had together with what the person has: they are ${parts.join(', and ')}.`;
  return packages.length > 0
    ? refuse('invalid', 'IncompatibleAccessPackage', message)
    : refuse('invalid', 'IncompatibleGroup', message);
}

function namesOf(excluding: readonly Excluding[]): string {
  return excluding.map(({ displayName, id }) => `"${displayName}" (${id})`).join(', ');
}

/**
 * Whether something can be marked as incompatible with a package. Refuses with `IncompatibleWithItself` and
 * `AlreadyIncompatible` (400).
 */
export function decideMarking(packageId: Id, excludedId: Id, isMarked: boolean): Outcome<void> {
  if (packageId === excludedId) {
    return refuse('invalid', 'IncompatibleWithItself', 'A package cannot exclude itself.', '@odata.id');
  }
  return isMarked
    ? refuse('invalid', 'AlreadyIncompatible', 'This is marked as incompatible already.', '@odata.id')
    : accept(undefined);
}
