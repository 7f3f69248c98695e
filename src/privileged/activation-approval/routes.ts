import type { Call, Operation } from '../../graph/declaration.ts';
import { filterByCurrentUser } from '../../graph/filter-by-current-user.ts';
import { done, keyIn } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { activationEvent } from '../activities.ts';
import { isOf } from '../request/model.ts';
import { decideActivationRequest } from '../request/operations/decide.ts';
import type { Of } from '../schedule/entity.ts';
import { type ApprovalDecision, approvalDecisionBody, type Decision, decisionBody } from './contract.ts';
import { approvalsOfCaller } from './entity.ts';

const groups = '/identityGovernance/privilegedAccess/group/assignmentApprovals';
const roles = '/roleManagement/directory/roleAssignmentApprovals';

/** Decisions about activations, and which of them are the caller's to make. */
export function approvalRoutes(runtime: Runtime): Operation[] {
  function decided(call: Call<unknown>, of: Of, stageId: string, { reviewResult, justification }: Decision) {
    const requestId = keyIn(call, 'id');
    const decision = reviewResult === 'Approve' ? 'approve' : 'deny';
    const happening = decision === 'approve' ? 'approved' : 'denied';
    const type = activationEvent(of === 'role' ? 'role' : 'group-member', happening);
    const asked = { requestId, stageId, decision, justification: justification ?? '' } as const;
    return done(runtime, call, type, requestId, (tx) => decideActivationRequest(tx, asked, isOf(of)));
  }

  function decide(of: Of, stage: string, beta?: 'only'): Operation<Decision> {
    return {
      method: 'PATCH',
      path: `${of === 'role' ? roles : groups}/{id}/${stage}/{stage-id}`,
      ...(beta === undefined ? {} : { beta }),
      body: decisionBody,
      run: (call) => decided(call, of, keyIn(call, 'stage-id'), call.body),
    };
  }

  const decideWhole: Operation<ApprovalDecision> = {
    method: 'PATCH',
    path: `${groups}/{id}`,
    body: approvalDecisionBody,
    run: (call) => {
      const [stage] = call.body.stages;
      if (stage === undefined) throw new Error('The shape asks for one stage');
      return decided(call, 'group', stage.id.toLowerCase(), stage);
    },
  };

  return [
    // The reference page says steps where the metadata says stages: both lead to the same place.
    decideWhole,
    decide('group', 'stages'),
    decide('group', 'steps'),
    decide('role', 'steps', 'only'),
    filterByCurrentUser(groups, 'assignmentApprovals', approvalsOfCaller),
    filterByCurrentUser(roles, 'roleAssignmentApprovals', approvalsOfCaller, 'only'),
  ];
}
