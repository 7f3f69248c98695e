import type { Operation } from '../../graph/declaration.ts';
import { look, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { type PolicyBody, policyBody } from '../policy/contract.ts';
import { examinePolicy } from '../policy/operations.ts';
import { examinationAnswer, examinationQuery, reachabilityAnswer, reachabilityQuery } from './contract.ts';
import { reachabilityOf } from './operations.ts';

/** Who can decide requests by a policy, and what to put right: of one that is kept, and of one that is yet to be. */
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
  const examine: Operation<PolicyBody> = {
    method: 'POST',
    path: '/assignmentPolicies/examine',
    says: 'Looks at an assignment policy before it is kept: all that would be refused about it, and who could decide by it.',
    body: policyBody,
    query: examinationQuery,
    answers: examinationAnswer,
    run: async (call) => {
      const asked = {
        body: call.body,
        catalogId: call.query['catalogId']?.toLowerCase() ?? null,
        allowsSameApproverInSeveralStages: call.query['allowsSameApproverInSeveralStages'] === 'true',
      };
      const about = call.body.accessPackage?.id ?? asked.catalogId ?? undefined;
      const body = await look(runtime, call, 'assignment-policy.examined', about, (tx) => examinePolicy(tx, asked));
      return { status: 200, body, context: 'sallyport.examination' };
    },
  };
  return [read, examine] as Operation[];
}
