import { isMemberOf, loadGroup } from '../../directory/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadSettings } from '../../settings/index.ts';
import { authoriseFor } from '../delegation/operations/authority.ts';
import type { AccessPackage } from '../package/model.ts';
import { loadPackage } from '../package/store.ts';
import { found } from '../refusals.ts';
import { decideDuties, decideMarking, type Excluding, type ExcludingKind } from './decisions.ts';
import {
  insertIncompatibility,
  isIncompatible,
  loadExcludingGroups,
  loadExcludingPackages,
  markCompatible,
} from './store.ts';

/**
 * What keeps a package from a person now: assignments that they have, and groups that they are an active member of,
 * nested ones too. One-directional as in Entra, unless the setting `separationOfDuties` is `symmetric`.
 */
export async function loadExcluding(tx: Tx, packageId: Id, targetId: Id): Promise<Excluding[]> {
  const { separationOfDuties } = await loadSettings(tx);
  const bothWays = separationOfDuties === 'symmetric';
  const packages = await loadExcludingPackages(tx.db(), { packageId, targetId, bothWays }, tx.now);
  const groups: Excluding[] = [];
  for (const id of await loadExcludingGroups(tx.db(), packageId)) {
    if (!(await isMemberOf(tx, targetId, id))) continue;
    groups.push({ kind: 'group', id, displayName: (await loadGroup(tx, id))?.displayName ?? '' });
  }
  return [...packages, ...groups];
}

/**
 * Leaves the transaction if a person has what a package is incompatible with: when somebody asks for it, when an
 * administrator gives it, and when a stage is about to be approved. Refuses as `decideDuties` does.
 */
export async function refuseIncompatible(
  tx: Tx,
  { packageId, targetId }: { readonly packageId: Id; readonly targetId: Id },
): Promise<void> {
  orRefuse(decideDuties(await loadExcluding(tx, packageId, targetId)));
}

/** Marks a package or a group as incompatible with a package (`POST …/incompatible…/$ref`). */
export async function markAsIncompatible(tx: Tx, kind: ExcludingKind, packageId: Id, excludedId: Id): Promise<void> {
  await authoriseFor(tx, 'accessPackage.update', packageId);
  const accessPackage = found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  const displayName = found(await nameOf(tx, kind, excludedId), nouns[kind], excludedId);
  const one = { packageId, kind, excludedId };
  orRefuse(decideMarking(packageId, excludedId, await isIncompatible(tx.db(), one)));
  await insertIncompatibility(tx.db(), newId(), one, tx.now);
  await record(tx, 'marked', accessPackage, { kind, id: excludedId, displayName });
}

/** Takes such a mark away (`DELETE …/incompatible…/{id}/$ref`). */
export async function unmark(tx: Tx, kind: ExcludingKind, packageId: Id, excludedId: Id): Promise<void> {
  await authoriseFor(tx, 'accessPackage.update', packageId);
  const accessPackage = found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  const one = { packageId, kind, excludedId };
  found((await isIncompatible(tx.db(), one)) ? one : null, `incompatible ${nouns[kind]}`, excludedId);
  await markCompatible(tx.db(), one, tx.now);
  const displayName = (await nameOf(tx, kind, excludedId)) ?? '';
  await record(tx, 'unmarked', accessPackage, { kind, id: excludedId, displayName });
}

const nouns = { package: 'access package', group: 'group' } as const;

/** Refuses a comparison unless the caller may see the assignments of both packages, and they are there. */
export async function compare(tx: Tx, packageIds: readonly Id[]): Promise<void> {
  for (const id of packageIds) await authoriseFor(tx, 'entitlements.readAll', id);
  for (const id of packageIds) found(await loadPackage(tx.db(), id), 'access package', id);
}

/** The name of a package or group that is there; null if it is not. */
async function nameOf(tx: Tx, kind: ExcludingKind, id: Id): Promise<string | null> {
  if (kind === 'package') return (await loadPackage(tx.db(), id))?.displayName ?? null;
  const group = await loadGroup(tx, id);
  return group === null || group.deletedAt !== null ? null : group.displayName;
}

const happenings = {
  package: { marked: 'access-package.incompatiblePackageAdded', unmarked: 'access-package.incompatiblePackageRemoved' },
  group: { marked: 'access-package.incompatibleGroupAdded', unmarked: 'access-package.incompatibleGroupRemoved' },
} as const;

async function record(
  tx: Tx,
  happening: 'marked' | 'unmarked',
  accessPackage: AccessPackage,
  { kind, id, displayName }: Excluding,
): Promise<void> {
  await tx.record({
    type: happenings[kind][happening],
    subject: accessPackage.id,
    correlation: newId(),
    targets: [
      { id: accessPackage.id, type: 'AccessPackage', displayName: accessPackage.displayName },
      { id, type: kind === 'package' ? 'AccessPackage' : 'Group', displayName },
    ],
    data: { catalogId: accessPackage.catalogId, [kind === 'package' ? 'incompatiblePackageId' : 'groupId']: id },
  });
}
