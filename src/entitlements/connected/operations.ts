import { domainOfGuest, loadPrincipal, loadUser, peopleAmong } from '../../directory/index.ts';
import { authorise } from '../../grants/index.ts';
import { type Id, isId, newId } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { catalogRelations } from '../delegation/operations/authority.ts';
import { roomForOrganization } from '../limits/decisions.ts';
import { found, reject } from '../refusals.ts';
import type { OrganizationBody } from './contract.ts';
import { decideSources } from './decisions.ts';
import { type ConnectedOrganization, organizationOf, sourceTypes } from './model.ts';
import {
  closeOrganization,
  closeOrganizationSponsor,
  insertOrganizationSponsor,
  loadOrganization,
  loadOrganizationSponsors,
  loadOrganizations,
  type OrganizationSponsor,
  type Side,
  saveOrganization,
} from './store.ts';

/** Connects an organization (`POST /connectedOrganizations`), configured unless it says otherwise. Gives its id. */
export async function createOrganization(tx: Tx, body: OrganizationBody): Promise<Id> {
  await authoriseManaging(tx);
  if (body.displayName === undefined) reject('PropertyRequired', 'An organization needs a name.', 'displayName');
  const identitySources = body.identitySources ?? [];
  const others = await loadOrganizations(tx.db());
  orRefuse(decideSources(identitySources, others));
  orRefuse(roomForOrganization(others.length));
  const organization: ConnectedOrganization = {
    id: newId(),
    displayName: body.displayName,
    description: body.description ?? null,
    state: body.state ?? 'configured',
    identitySources,
    createdAt: tx.now,
    modifiedAt: tx.now,
  };
  await saveOrganization(tx.db(), organization);
  await record(tx, 'connected-organization.created', organization);
  return organization.id;
}

/** Changes an organization (`PATCH /connectedOrganizations/{id}`). Sources that are sent replace all that were. */
export async function changeOrganization(tx: Tx, id: Id, body: OrganizationBody): Promise<void> {
  const before = await managed(tx, id);
  const others = (await loadOrganizations(tx.db())).filter((one) => one.id !== before.id);
  const identitySources = body.identitySources === undefined ? before.identitySources : (body.identitySources ?? []);
  orRefuse(decideSources(identitySources, others));
  const changed: ConnectedOrganization = {
    ...before,
    displayName: body.displayName ?? before.displayName,
    description: body.description === undefined ? before.description : body.description,
    state: body.state ?? before.state,
    identitySources,
    modifiedAt: tx.now,
  };
  await saveOrganization(tx.db(), changed);
  await record(tx, 'connected-organization.updated', changed);
}

/** Disconnects an organization (`DELETE /connectedOrganizations/{id}`). Policies that name it are for nobody of it. */
export async function deleteOrganization(tx: Tx, id: Id): Promise<void> {
  const organization = await managed(tx, id);
  for (const side of ['internal', 'external'] as const) {
    for (const sponsor of await loadOrganizationSponsors(tx.db(), id, side)) {
      await closeOrganizationSponsor(tx.db(), id, side, sponsor.id, tx.now);
    }
  }
  await closeOrganization(tx.db(), id, tx.now);
  await record(tx, 'connected-organization.deleted', organization);
}

/** Lets a user or a group speak for an organization (`POST …/internalSponsors/$ref`, `…/externalSponsors/$ref`). */
export async function addOrganizationSponsor(tx: Tx, id: Id, side: Side, sponsorId: Id): Promise<void> {
  const organization = await managed(tx, id);
  const principal = isId(sponsorId) ? await loadPrincipal(tx, sponsorId) : null;
  if (principal === null || principal.kind === 'app') {
    return reject('SubjectNotFound', 'There is no user or group with this id.', '@odata.id');
  }
  const sponsors = await loadOrganizationSponsors(tx.db(), id, side);
  if (sponsors.some((one) => one.id === principal.id)) {
    reject('SponsorExists', 'This is a sponsor of the organization already.', '@odata.id');
  }
  const sponsor: OrganizationSponsor = { id: principal.id, kind: principal.kind };
  await insertOrganizationSponsor(tx.db(), id, side, sponsor, tx.now);
  await record(tx, `connected-organization.${side}SponsorAdded`, organization, sponsor);
}

/** Takes a sponsor away (`DELETE …/internalSponsors/{id}/$ref`, `…/externalSponsors/{id}/$ref`). */
export async function removeOrganizationSponsor(tx: Tx, id: Id, side: Side, sponsorId: Id): Promise<void> {
  const organization = await managed(tx, id);
  const sponsors = await loadOrganizationSponsors(tx.db(), id, side);
  const sponsor = found(
    sponsors.find((one) => one.id === sponsorId),
    'sponsor',
    sponsorId.slice(0, 200),
  );
  await closeOrganizationSponsor(tx.db(), id, side, sponsorId, tx.now);
  await record(tx, `connected-organization.${side}SponsorRemoved`, organization, sponsor);
}

/** The connected organization that a user comes from: by the domain of a guest, never for members. */
export async function organizationOfUser(tx: Tx, userId: Id): Promise<ConnectedOrganization | null> {
  const user = await loadUser(tx, userId);
  const domain = user === null || user.deletedAt !== null ? null : domainOfGuest(user);
  return domain === null ? null : organizationOf(domain, await loadOrganizations(tx.db()));
}

/** The people who speak for the organization that a user comes from; nobody for users who come from none. */
export async function connectedSponsorsOf(tx: Tx, userId: Id, side: Side): Promise<Id[]> {
  const organization = await organizationOfUser(tx, userId);
  if (organization === null) return [];
  return peopleAmong(tx, await loadOrganizationSponsors(tx.db(), organization.id, side));
}

/**
 * Writes down as proposed the organization of a guest who asks where all outsiders may, unless it is known. (Microsoft:
 * "State property of connected organizations".)
 */
export async function proposeOrganizationOf(tx: Tx, userId: Id): Promise<void> {
  const user = await loadUser(tx, userId);
  const domain = user === null ? null : domainOfGuest(user);
  if (domain === null || organizationOf(domain, await loadOrganizations(tx.db())) !== null) return;
  const identitySources = [{ '@odata.type': sourceTypes.domain, displayName: domain, domainName: domain }];
  if (decideSources(identitySources, []).is === 'refused') return;
  const organization: ConnectedOrganization = {
    id: newId(),
    displayName: domain,
    description: null,
    state: 'proposed',
    identitySources,
    createdAt: tx.now,
    modifiedAt: tx.now,
  };
  await saveOrganization(tx.db(), organization);
  await record(tx, 'connected-organization.created', organization);
}

async function authoriseManaging(tx: Tx): Promise<void> {
  await authorise(tx, 'connectedOrganization.manage', await catalogRelations(tx, null));
}

async function managed(tx: Tx, id: Id): Promise<ConnectedOrganization> {
  await authoriseManaging(tx);
  return found(isId(id) ? await loadOrganization(tx.db(), id) : null, 'connected organization', id.slice(0, 200));
}

async function record(
  tx: Tx,
  type: string,
  organization: ConnectedOrganization,
  sponsor?: OrganizationSponsor,
): Promise<void> {
  const { id, displayName, state, identitySources } = organization;
  const other = sponsor === undefined ? [] : [{ id: sponsor.id, type: sponsor.kind === 'user' ? 'User' : 'Group' }];
  await tx.record({
    type,
    subject: id,
    correlation: newId(),
    targets: [{ id, type: 'ConnectedOrganization', displayName }, ...other],
    data: sponsor === undefined ? { displayName, state, identitySources } : { sponsorId: sponsor.id },
  });
}
