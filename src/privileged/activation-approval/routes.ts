import type { Operation } from '../../graph/declaration.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { operate, type Runtime } from '../../platform/transaction.ts';
import { activationEvent } from '../activities.ts';
import { filterByCurrentUser } from '../filter-by-current-user.ts';
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
      run: async ({ caller, requestId, path, body }) => {
        const { id = '', 'stage-id': stageId = '' } = path;
        const decision = body.reviewResult === 'Approve' ? 'approve' : 'deny';
        const type = activationEvent(
          of === 'role' ? 'role' : 'group-member',
          decision === 'approve' ? 'approved' : 'denied',
        );
        const asked = { requestId: id, stageId, decision, justification: body.justification ?? '' } as const;
        const attempt = { caller, requestId, attempts: type, subject: id.slice(0, 200) };
        orRefuse(await operate(runtime, attempt, (tx) => decideActivationRequest(tx, asked, isOf(of))));
        return { status: 204 };
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
