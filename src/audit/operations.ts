import { loadRequestsAbout } from '../entitlements/index.ts';
import { authorise, loadBases, loadHanging } from '../grants/index.ts';
import { type Id, isId } from '../kernel/ids.ts';
import { refuseNow } from '../kernel/outcome.ts';
import type { Tx } from '../platform/transaction.ts';
import { loadScheduleRequest, loadScheduleRequestsOf } from '../privileged/index.ts';
import { isTold } from './query.ts';

/**
 * All that belongs to one story, whatever of it is named: a request or an assignment of a package, an activation or
 * another request to PIM, a grant, or a correlation. First up to where it began (the package that was asked for), then
 * down to all that ever hung on it. What others hang on as well, such as a group's own role, is there by itself,
 * without what hangs on it for them.
 *
 * Refuses by `audit.read`, and with `ResourceNotFound` (404) where nothing ever happened about what is named.
 */
export async function storyOf(tx: Tx, named: Id): Promise<readonly Id[]> {
  await authorise(tx, 'audit.read');
  const ids = isId(named) ? await partsOf(tx, named) : [];
  if (!(await isTold(tx.db(), ids))) refuseNow('absent', 'ResourceNotFound', `Nothing ever happened about '${named}'.`);
  return ids;
}

async function partsOf(tx: Tx, named: Id): Promise<readonly Id[]> {
  const db = tx.db<unknown>();
  const scheduled = await loadScheduleRequest(db, named);
  const grantIds = [named, ...present(scheduled?.grantId)];
  const bases = await loadBases(db, [...grantIds, ...present(scheduled?.eligibilityId)]);
  const assignmentIds = [
    named,
    ...(await loadRequestsAbout(db, [named])).flatMap(({ assignmentId }) => present(assignmentId)),
    ...bases.filter(({ kind }) => kind === 'package-assignment').map(({ id }) => id),
  ];
  const requests = await loadRequestsAbout(db, assignmentIds);
  const hanging = await loadHanging(db, { grantIds, assignmentIds });
  const asked = await loadScheduleRequestsOf(db, hanging);
  const held = await loadBases(
    db,
    hanging.map(({ id }) => id),
  );
  const all = [
    ...assignmentIds,
    ...[...bases, ...held].map(({ id }) => id),
    ...requests.map(({ requestId }) => requestId),
    ...hanging.map(({ id }) => id),
    ...present(scheduled?.eligibilityId),
    ...asked,
  ];
  return [...new Set(all)];
}

function present(id: Id | null | undefined): readonly Id[] {
  return id === null || id === undefined ? [] : [id];
}
