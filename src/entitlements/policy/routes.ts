import type { Operation } from '../../graph/declaration.ts';
import { done, idIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { root } from '../root.ts';
import { type OwnPolicyBody, ownPolicyBody, type PolicyBody, policyBody } from './contract.ts';
import { changeOwnPolicy, createPolicy, deletePolicy, replacePolicy } from './operations.ts';

const policies = `${root}/assignmentPolicies`;
const set = 'assignmentPolicies';

/** Policies. They are replaced whole with `PUT`, never changed in part. */
export function policyRoutes(runtime: Runtime): Operation[] {
  const create: Operation<PolicyBody> = {
    method: 'POST',
    path: policies,
    body: policyBody,
    run: async (call) => {
      const packageId = call.body.accessPackage?.id;
      const id = await perform(runtime, call, 'assignment-policy.created', packageId, (tx) =>
        createPolicy(tx, call.body),
      );
      return { status: 201, read: { set, id } };
    },
  };
  const createInPackage: Operation<PolicyBody> = {
    method: 'POST',
    path: `${root}/accessPackages/{id}/assignmentPolicies`,
    body: policyBody,
    run: async (call) => {
      const packageId = idIn(call, 'id');
      const body = { ...call.body, accessPackage: { id: packageId } };
      const id = await perform(runtime, call, 'assignment-policy.created', packageId, (tx) => createPolicy(tx, body));
      return { status: 201, read: { set, id } };
    },
  };
  const replace: Operation<PolicyBody> = {
    method: 'PUT',
    path: `${policies}/{id}`,
    body: policyBody,
    run: async (call) => {
      const id = idIn(call, 'id');
      await perform(runtime, call, 'assignment-policy.updated', id, (tx) => replacePolicy(tx, id, call.body));
      return { status: 200, read: { set, id } };
    },
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${policies}/{id}`,
    run: (call) => done(runtime, call, 'assignment-policy.deleted', idIn(call, 'id'), deletePolicy),
  };
  return [create, createInPackage, replace, remove] as Operation[];
}

/** `/sallyport/assignmentPolicies/{id}`. */
export function ownPolicyRoutes(runtime: Runtime): Operation[] {
  const change: Operation<OwnPolicyBody> = {
    method: 'PATCH',
    path: '/assignmentPolicies/{id}',
    says: 'Changes what Graph has no word for about an assignment policy.',
    body: ownPolicyBody,
    run: async (call) => {
      const id = idIn(call, 'id');
      await perform(runtime, call, 'assignment-policy.updated', id, (tx) => changeOwnPolicy(tx, id, call.body));
      return { status: 200, read: { set, id } };
    },
  };
  return [change] as Operation[];
}
