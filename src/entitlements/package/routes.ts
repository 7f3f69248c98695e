import type { Operation } from '../../graph/declaration.ts';
import { filterByCurrentUser } from '../../graph/filter-by-current-user.ts';
import { done, idIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { requirementsFor } from '../request/operations/requirements.ts';
import { root } from '../root.ts';
import { type PackageBody, packageBody, type RoleScopeBody, roleScopeBody } from './contract.ts';
import { allowedRequestor } from './entity.ts';
import { addRole, changePackage, createPackage, deletePackage, removeRole } from './operations.ts';

const packages = `${root}/accessPackages`;

/** Packages and what they give. */
export function packageRoutes(runtime: Runtime): Operation[] {
  const create: Operation<PackageBody> = {
    method: 'POST',
    path: packages,
    body: packageBody,
    run: async (call) => {
      const id = await perform(runtime, call, 'access-package.created', undefined, (tx) =>
        createPackage(tx, call.body),
      );
      return { status: 201, read: { set: 'accessPackages', id } };
    },
  };
  const change: Operation<PackageBody> = {
    method: 'PATCH',
    path: `${packages}/{id}`,
    body: packageBody,
    run: (call) =>
      done(runtime, call, 'access-package.updated', idIn(call, 'id'), (tx, id) => changePackage(tx, id, call.body)),
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${packages}/{id}`,
    run: (call) => done(runtime, call, 'access-package.deleted', idIn(call, 'id'), deletePackage),
  };
  const give: Operation<RoleScopeBody> = {
    method: 'POST',
    path: `${packages}/{id}/resourceRoleScopes`,
    body: roleScopeBody,
    run: async (call) => {
      const packageId = idIn(call, 'id');
      const id = await perform(runtime, call, 'access-package.roleAdded', packageId, (tx) =>
        addRole(tx, packageId, call.body),
      );
      return { status: 201, read: { set: 'resourceRoleScopes', id } };
    },
  };
  const take: Operation = {
    method: 'DELETE',
    path: `${packages}/{id}/resourceRoleScopes/{scope-id}`,
    run: (call) =>
      done(runtime, call, 'access-package.roleRemoved', idIn(call, 'id'), (tx, packageId) =>
        removeRole(tx, packageId, idIn(call, 'scope-id')),
      ),
  };
  const requirements: Operation = {
    method: 'POST',
    path: `${packages}/{id}/getApplicablePolicyRequirements`,
    run: async (call) => {
      const id = idIn(call, 'id');
      const value = await perform(runtime, call, 'assignment-request.prepared', id, (tx) => requirementsFor(tx, id));
      const context = 'Collection(microsoft.graph.accessPackageAssignmentRequestRequirements)';
      return { status: 200, body: { value }, context };
    },
  };
  const mine = filterByCurrentUser(packages, 'accessPackages', { allowedRequestor });
  return [create, change, remove, give, take, requirements, mine] as Operation[];
}
