import type { Operation } from '../../graph/declaration.ts';
import { perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { reachabilityAnswer, reachabilityQuery } from './contract.ts';
import { reachabilityOf } from './operations.ts';

/** `/sallyport/reachability`: who can decide requests by a policy, and what to put right. */
export function reachabilityRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/reachability',
    says: 'Who can decide requests by a policy, stage by stage, for whom nobody could, and what to put right.',
    query: reachabilityQuery,
    answers: reachabilityAnswer,
    run: async (call) => {
      const policyId = (call.query['policyId'] ?? '').toLowerCase();
      const body = await perform(runtime, call, 'assignment-policy.examined', policyId, (tx) =>
        reachabilityOf(tx, policyId),
      );
      return { status: 200, body, context: 'sallyport.reachability' };
    },
  };
  return [read];
}
