import type { Operation } from '../../graph/declaration.ts';
import { done, idIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { root } from '../root.ts';
import {
  type CatalogBody,
  catalogBody,
  type ResourceRequestBody,
  resourceRequestBody,
  type SettingsBody,
  settingsBody,
} from './contract.ts';
import { changeCatalog, changeSettings, createCatalog, deleteCatalog, requestResource } from './operations.ts';

/** Catalogs, their resources and the tenant's settings. */
export function catalogRoutes(runtime: Runtime): Operation[] {
  const create: Operation<CatalogBody> = {
    method: 'POST',
    path: `${root}/catalogs`,
    body: catalogBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'catalog.created', undefined, (tx) => createCatalog(tx, call.body));
      return { status: 201, read: { set: 'catalogs', id } };
    },
  };
  const change: Operation<CatalogBody> = {
    method: 'PATCH',
    path: `${root}/catalogs/{id}`,
    body: catalogBody,
    run: (call) =>
      done(runtime, call, 'catalog.updated', idIn(call, 'id'), (tx, id) => changeCatalog(tx, id, call.body)),
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${root}/catalogs/{id}`,
    run: (call) => done(runtime, call, 'catalog.deleted', idIn(call, 'id'), deleteCatalog),
  };
  const request: Operation<ResourceRequestBody> = {
    method: 'POST',
    path: `${root}/resourceRequests`,
    body: resourceRequestBody,
    run: async (call) => {
      const isAdd = call.body.requestType.toLowerCase() === 'adminadd';
      const attempts = isAdd ? 'catalog-resource.added' : 'catalog-resource.removed';
      const subject = isAdd ? call.body.resource.originId : call.body.resource.id;
      const id = await perform(runtime, call, attempts, subject, (tx) => requestResource(tx, call.body));
      return { status: 201, read: { set: 'resourceRequests', id } };
    },
  };
  const settings: Operation<SettingsBody> = {
    method: 'PATCH',
    path: `${root}/settings`,
    body: settingsBody,
    run: async (call) => {
      await perform(runtime, call, 'entitlement-settings.updated', undefined, (tx) => changeSettings(tx, call.body));
      return { status: 204 };
    },
  };
  return [create, change, remove, request, settings] as Operation[];
}
