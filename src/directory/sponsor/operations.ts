import { authorise, refuseSelfGrant } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadPrincipal } from '../object/store.ts';
import { found } from '../refusals.ts';
import { userTarget } from '../user/decisions.ts';
import type { User } from '../user/model.ts';
import { loadUserByKey } from '../user/store.ts';
import { closeSponsor, insertSponsor, loadSponsors, peopleAmong, type Sponsor } from './store.ts';

/** Makes a user or a group a sponsor of a user (`POST /users/{id}/sponsors/$ref`); nobody their own sponsors. */
export async function addSponsor(tx: Tx, key: string, sponsorId: string): Promise<void> {
  await authorise(tx, 'user.update');
  const user = found(await loadUserByKey(tx, key), key);
  const principal = found(await loadPrincipal(tx, sponsorId), sponsorId);
  await refuseOwnSponsors(tx, user);
  if (principal.kind === 'app') wrong('A sponsor is a user or a group.');
  if (principal.id === user.id) wrong('Nobody is a sponsor of their own.');
  const sponsors = await loadSponsors(tx, user.id);
  if (sponsors.some(({ id }) => id === principal.id)) {
    wrong("One or more added object references already exist for the following modified properties: 'sponsors'.");
  }
  const sponsor: Sponsor = { id: principal.id, kind: principal.kind === 'user' ? 'user' : 'group' };
  await insertSponsor(tx, user.id, sponsor);
  await record(tx, user, 'added', sponsor.id);
}

/** Takes a sponsor of a user away (`DELETE /users/{id}/sponsors/{id}/$ref`); refuses with 404 if they are none. */
export async function removeSponsor(tx: Tx, key: string, sponsorId: Id): Promise<void> {
  await authorise(tx, 'user.update');
  const user = found(await loadUserByKey(tx, key), key);
  found((await loadSponsors(tx, user.id)).find(({ id }) => id === sponsorId) ?? null, sponsorId);
  await refuseOwnSponsors(tx, user);
  await closeSponsor(tx, user.id, sponsorId);
  await record(tx, user, 'removed', sponsorId);
}

/** INVARIANT: nobody chooses who decides about them, be it for another account of theirs: sponsors may approve. */
function refuseOwnSponsors(tx: Tx, user: User): Promise<void> {
  return refuseSelfGrant(tx, user.id, { kind: 'sponsor', id: user.id });
}

/** The people who stand in for a user: its sponsors, and everybody in the groups among them. */
export async function sponsorsOf(tx: Tx, userId: Id): Promise<Id[]> {
  return peopleAmong(tx, await loadSponsors(tx, userId));
}

function wrong(message: string): never {
  return refuseNow('invalid', 'Request_BadRequest', message, 'sponsors');
}

async function record(tx: Tx, user: User, change: 'added' | 'removed', sponsorId: Id): Promise<void> {
  await tx.record({
    type: 'user.sponsorsChanged',
    subject: user.id,
    correlation: newId(),
    targets: [userTarget(user), { id: sponsorId, type: 'Other' }],
    data: { change, sponsorId },
  });
}
