import type { Relation } from '../../access/index.ts';
import { blockUser, isGuestUser, isUsable, loadUser, removeUser, type User } from '../../directory/index.ts';
import { authorise } from '../../grants/index.ts';
import { type Id, isId, newId } from '../../kernel/ids.ts';
import { isBefore, parseDuration } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadLiveAssignments } from '../assignment/store.ts';
import { loadSettings } from '../catalog/store.ts';
import { catalogRelations } from '../delegation/operations/authority.ts';
import { loadPackage } from '../package/store.ts';
import { found, reject } from '../refusals.ts';
import { keepUser } from '../subject/operations.ts';
import type { SubjectBody } from './contract.ts';
import { decideDeparture } from './decisions.ts';
import { loadLife, saveDeparture, saveLifecycle } from './store.ts';

/** The due work that deletes a blocked guest. */
export const subjectDeletion = 'subject.deletion';

/**
 * Says whether a guest is governed (`PATCH /subjects(objectId='…')`): whether they leave with their last assignment.
 * For administrators, and for those who manage assignments in a catalog of which the guest has a package.
 */
export async function govern(tx: Tx, id: string, { subjectLifecycle }: SubjectBody): Promise<void> {
  await authorise(tx, 'subject.govern', isId(id) ? await relationsTo(tx, id) : []);
  const user = found(isId(id) ? await loadUser(tx, id) : null, 'subject', id.slice(0, 200));
  if (!isGuestUser(user)) reject('SubjectNotGuest', 'Only guests have a lifecycle here.', 'subjectLifecycle');
  await keepUser(tx, user);
  await saveLifecycle(tx.db(), user.id, subjectLifecycle);
  await record(tx, 'subject.lifecycleChanged', user, { subjectLifecycle });
}

async function relationsTo(tx: Tx, subjectId: Id): Promise<Relation[]> {
  const relations = new Set<Relation>();
  for (const { packageId } of await loadLiveAssignments(tx.db(), { targetId: subjectId }, tx.now)) {
    const catalogId = (await loadPackage(tx.db(), packageId))?.catalogId;
    if (catalogId === undefined) continue;
    for (const one of await catalogRelations(tx, catalogId)) relations.add(one);
  }
  return [...relations];
}

/**
 * Blocks a governed guest whose last assignment is gone, in the transaction that takes it or tells of its end, and has
 * the account deleted later, as the settings say now. Later changes of the settings are for later departures.
 */
export async function followDeparture(tx: Tx, targetId: Id): Promise<void> {
  const life = await loadLife(tx.db(), targetId);
  if (life?.lifecycle !== 'governed') return;
  const user = await loadUser(tx, targetId);
  if (user === null || user.deletedAt !== null) return;
  const settings = await loadSettings(tx.db());
  const departure = decideDeparture(
    {
      isGuest: isGuestUser(user),
      isGoverned: true,
      hasAssignments: (await loadLiveAssignments(tx.db(), { targetId }, tx.now)).length > 0,
      action: settings?.external_user_lifecycle_action ?? 'blockSignInAndDelete',
      untilDeleted: parseDuration(settings?.duration_until_deleted ?? 'P30D') ?? Temporal.Duration.from({ hours: 720 }),
    },
    tx.now,
  );
  if (departure.is === 'stays') return;
  await saveDeparture(tx.db(), user.id, tx.now, departure.deletedAt);
  if (departure.deletedAt !== null) {
    await tx.schedule({ kind: subjectDeletion, subject: user.id, at: departure.deletedAt });
  }
  await record(tx, 'subject.blocked', user, { deletionAt: departure.deletedAt?.toString() ?? null });
  await blockUser(tx, user, newId());
}

/**
 * Deletes a guest who was blocked when their last assignment was gone, unless somebody has given them a package or
 * let them sign in since. The account has been shut all the while: nobody's access waits for this.
 */
export async function deleteDeparted(tx: Tx, userId: string): Promise<void> {
  const deletionAt = (await loadLife(tx.db(), userId))?.deletionAt ?? null;
  if (deletionAt === null || isBefore(tx.now, deletionAt)) return;
  const user = await loadUser(tx, userId);
  if (user === null || user.deletedAt !== null || (await isUsable(tx, userId))) return;
  if ((await loadLiveAssignments(tx.db(), { targetId: userId }, tx.now)).length > 0) return;
  await removeUser(tx, user, newId());
}

async function record(tx: Tx, type: string, user: User, data: Readonly<Record<string, unknown>>): Promise<void> {
  await tx.record({
    type,
    subject: user.id,
    correlation: newId(),
    targets: [{ id: user.id, type: 'User', displayName: user.displayName, userPrincipalName: user.userPrincipalName }],
    data,
  });
}
