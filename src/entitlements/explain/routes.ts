import type { Operation } from '../../graph/declaration.ts';
import { perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { reject } from '../refusals.ts';
import { explainAnswer, explainQuery } from './contract.ts';
import { explain } from './operations.ts';

/** `/sallyport/explain`: what a request would come to, before it is made. */
export function explainRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/explain',
    says: 'What would happen if somebody asked for a package now: policy, stages with people and times, end, and what is missing.',
    query: explainQuery,
    answers: explainAnswer,
    run: async (call) => {
      const { accessPackageId = '', policyId, targetId } = call.query;
      const self = call.caller.kind === 'user' ? call.caller.id : undefined;
      const target = targetId ?? self ?? reject('PropertyRequired', 'Say for whom.', 'targetId');
      const wish = {
        packageId: accessPackageId.toLowerCase(),
        policyId: policyId?.toLowerCase() ?? null,
        targetId: target.toLowerCase(),
      };
      const body = await perform(runtime, call, 'assignment-request.prepared', wish.packageId, (tx) =>
        explain(tx, wish),
      );
      return { status: 200, body, context: 'sallyport.explanation' };
    },
  };
  return [read];
}
