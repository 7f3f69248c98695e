import type { Operation } from '../../graph/declaration.ts';
import { filterByCurrentUser } from '../../graph/filter-by-current-user.ts';
import { done, keyIn } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { activationEvent } from '../activities.ts';
import { isOf } from '../request/model.ts';
import { decideActivationRequest } from '../request/operations/decide.ts';
import type { Of } from '../schedule/entity.ts';
import { type Decision, decisionBody } from './contract.ts';
import { approvalMounts, approvalsOfCaller } from './entity.ts';

const groups = '/identityGovernance/privilegedAccess/group/assignmentApprovals';
const roles = '/roleManagement/directory/roleAssignmentApprovals';

/** Decisions about activations, and which of them are the caller's to make. */
export function approvalRoutes(runtime: Runtime): Operation[] {
  function decide(of: Of, stage: string, beta?: 'only'): Operation<Decision> {
    return {
      method: 'PATCH',
      path: `${of === 'role' ? roles : groups}/{id}/${stage}/{stage-id}`,
      ...(beta === undefined ? {} : { beta }),
      body: decisionBody,
      run: (call) => {
        const requestId = keyIn(call, 'id');
        const decision = call.body.reviewResult === 'Approve' ? 'approve' : 'deny';
        const type = activationEvent(
          of === 'role' ? 'role' : 'group-member',
          decision === 'approve' ? 'approved' : 'denied',
        );
        const stageId = keyIn(call, 'stage-id');
        const asked = { requestId, stageId, decision, justification: call.body.justification ?? '' } as const;
        return done(runtime, call, type, requestId, (tx) => decideActivationRequest(tx, asked, isOf(of)));
      },
    };
  }

  return [
    // The reference page says steps where the metadata says stages: both lead to the same place.
    decide('group', 'stages'),
    decide('group', 'steps'),
    decide('role', 'steps', 'only'),
    ...Object.entries(approvalMounts).map(([path, set]) =>
      filterByCurrentUser(path, set, { approver: approvalsOfCaller }),
    ),
  ];
}
