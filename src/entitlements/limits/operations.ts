import type { Id } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { countLiveAssignments } from '../assignment/store.ts';
import { countCatalogs, loadResources } from '../catalog/store.ts';
import { countPackages } from '../package/store.ts';
import { countPolicies } from '../policy/store.ts';
import {
  type Full,
  limits,
  mayBeFull,
  roomForCatalog,
  roomForPackage,
  roomForPolicy,
  roomForResource,
} from './decisions.ts';

/** Refuses one catalog too many. */
export async function demandRoomForCatalog(tx: Tx): Promise<void> {
  orRefuse(roomForCatalog(await countCatalogs(tx.db())));
}

/** Refuses one package too many, in its catalog or in all. */
export async function demandRoomForPackage(tx: Tx, catalogId: Id): Promise<void> {
  const inCatalog = await countPackages(tx.db(), catalogId);
  orRefuse(roomForPackage({ inCatalog, inAll: await countPackages(tx.db()) }));
}

/** Refuses one resource too many. */
export async function demandRoomForResource(tx: Tx, catalogId: Id): Promise<void> {
  orRefuse(roomForResource((await loadResources(tx.db(), { catalogId })).length));
}

/** Refuses one policy too many, of its package or in all. */
export async function demandRoomForPolicy(tx: Tx, packageId: Id): Promise<void> {
  const ofPackage = await countPolicies(tx.db(), packageId);
  orRefuse(roomForPolicy({ ofPackage, inAll: await countPolicies(tx.db()) }));
}

/**
 * Whether a package, or the tenant, has as many assignments as it may have. Counting all of them at each delivery would
 * make every delivery conflict with every other: while a sample of targets, those whose ids begin like this one's, shows
 * that the limit is far, the sample is all that is read. Ids are random, so the parts are alike.
 */
export async function fullOf(tx: Tx, packageId: Id, targetId: Id): Promise<Full> {
  const isFull = async (of: { packageId?: Id }, digits: number, limit: number): Promise<boolean> => {
    const sample = { ...of, targetsLike: targetId.slice(0, digits) };
    const found = await countLiveAssignments(tx.db(), sample, tx.now);
    return mayBeFull(found, 16 ** digits, limit) && (await countLiveAssignments(tx.db(), of, tx.now)) >= limit;
  };
  if (await isFull({ packageId }, 1, limits.assignmentsPerPackage)) return 'package';
  return (await isFull({}, 2, limits.assignments)) ? 'tenant' : null;
}
