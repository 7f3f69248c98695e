import type { Static } from 'typebox';
import type { Operation } from '../../graph/declaration.ts';
import { done, idIn, perform } from '../../graph/perform.ts';
import { referencedId } from '../../graph/reference.ts';
import { reference, required, shape } from '../../graph/schema.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { root } from '../root.ts';
import { type OrganizationBody, organizationBody } from './contract.ts';
import {
  addOrganizationSponsor,
  changeOrganization,
  createOrganization,
  deleteOrganization,
  removeOrganizationSponsor,
} from './operations.ts';

const organizations = `${root}/connectedOrganizations`;
const set = 'connectedOrganizations';
const sponsorBody = shape({ '@odata.id': required(reference()) });

/** Connected organizations and their sponsors. */
export function connectedRoutes(runtime: Runtime): Operation[] {
  const create: Operation<OrganizationBody> = {
    method: 'POST',
    path: organizations,
    body: organizationBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'connected-organization.created', undefined, (tx) =>
        createOrganization(tx, call.body),
      );
      return { status: 201, read: { set, id } };
    },
  };
  const change: Operation<OrganizationBody> = {
    method: 'PATCH',
    path: `${organizations}/{id}`,
    body: organizationBody,
    run: async (call) => {
      const id = idIn(call, 'id');
      await perform(runtime, call, 'connected-organization.updated', id, (tx) => changeOrganization(tx, id, call.body));
      // As documented: 202, and yet with the entity.
      return { status: 202, read: { set, id } };
    },
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${organizations}/{id}`,
    run: (call) => done(runtime, call, 'connected-organization.deleted', idIn(call, 'id'), deleteOrganization),
  };
  return [create, change, remove, ...sponsorRoutes(runtime)] as Operation[];
}

function sponsorRoutes(runtime: Runtime): Operation[] {
  return (['internal', 'external'] as const).flatMap((side) => {
    const path = `${organizations}/{id}/${side}Sponsors`;
    const add: Operation<Static<typeof sponsorBody>> = {
      method: 'POST',
      path: `${path}/$ref`,
      body: sponsorBody,
      run: (call) =>
        done(runtime, call, `connected-organization.${side}SponsorAdded`, idIn(call, 'id'), (tx, id) =>
          addOrganizationSponsor(tx, id, side, (referencedId(call.body['@odata.id']) ?? '').toLowerCase()),
        ),
    };
    const remove: Operation = {
      method: 'DELETE',
      path: `${path}/{directoryObject-id}/$ref`,
      run: (call) =>
        done(runtime, call, `connected-organization.${side}SponsorRemoved`, idIn(call, 'id'), (tx, id) =>
          removeOrganizationSponsor(tx, id, side, idIn(call, 'directoryObject-id')),
        ),
    };
    return [add, remove] as Operation[];
  });
}
