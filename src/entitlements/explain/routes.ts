import type { Operation } from '../../graph/declaration.ts';
import { idIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { reject } from '../refusals.ts';
import { endAnswer, explainAnswer, explainQuery } from './contract.ts';
import { endOfRequest } from './operations/ending.ts';
import { explain } from './operations/explain.ts';

/** `/sallyport/explain`: what a request would come to, before it is made; and the end of one that is made. */
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
  const end: Operation = {
    method: 'GET',
    path: '/assignmentRequests/{id}/effectiveEnd',
    says: 'Until when the access of a request lasts, or would if it were delivered now, and what binds that end.',
    answers: endAnswer,
    run: async (call) => {
      const id = idIn(call, 'id');
      const body = await perform(runtime, call, 'assignment-request.prepared', id, (tx) => endOfRequest(tx, id));
      return { status: 200, body, context: 'sallyport.effectiveEnd' };
    },
  };
  return [read, end];
}
