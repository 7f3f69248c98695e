import { openApproval, type StageSnapshot } from '../../../approval/index.ts';
import { loadUser } from '../../../directory/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { AccessPackage } from '../../package/model.ts';
import { loadContents } from '../../package/store.ts';
import { keepCaller, keepUser } from '../../subject/operations.ts';
import type { Submitted } from '../decisions.ts';
import type { AssignmentRequest, RequestType } from '../model.ts';
import { insertRequest } from '../store.ts';
import { advance } from './advance.ts';
import { packageApproverPorts } from './approvers.ts';
import { proceed } from './fulfil.ts';
import { record, recordMade } from './record.ts';

/** What people ask for is told to be approved where nobody has to; what administrators and the system do is not. */
const autoApproved: readonly RequestType[] = ['userAdd', 'userUpdate', 'onBehalfAdd'];

/** A permitted request, about to be made. */
export interface Opening {
  readonly requestType: RequestType;
  /** What its event says happened. */
  readonly happening: string;
  readonly accessPackage: AccessPackage;
  readonly targetId: Id;
  readonly submitted: Submitted;
  /** What it has to pass; none: it is fulfilled in this transaction. */
  readonly stages: readonly StageSnapshot[];
  /** The assignment that it is about, where there is one already. */
  readonly assignmentId?: Id;
}

/**
 * Makes a request and does in the same transaction what follows: it waits for its approval or its start, or the access
 * is there. Gives its id.
 */
export async function openRequest(tx: Tx, opening: Opening): Promise<Id> {
  const request = await save(tx, opening);
  const { stages } = request.snapshot;
  await recordMade(tx, opening.happening, request, {
    reason: request.justification,
    data: { stages: stages.length },
  });
  if (stages.length === 0) {
    if (autoApproved.includes(request.requestType)) await record(tx, 'autoApproved', request);
    await proceed(tx, request);
    return request.id;
  }
  const approval = await openApproval(tx, {
    id: request.id,
    door: 'package',
    requestorId: request.requestorId,
    subjectId: request.targetId,
    stages,
    allowsSameApproverInSeveralStages: request.snapshot.allowsSameApproverInSeveralStages ?? false,
    about: { id: request.packageId, type: 'AccessPackage', displayName: request.snapshot.packageName },
    correlation: request.correlation,
    justification: request.justification,
    ports: packageApproverPorts,
  });
  await advance(tx, request, approval);
  return request.id;
}

async function save(tx: Tx, opening: Opening): Promise<AssignmentRequest> {
  const { requestType, targetId, accessPackage, stages, assignmentId = null } = opening;
  const { policy, justification, answers, expiration, endsBy, startsAt, keepsEnd = false } = opening.submitted;
  await keepCaller(tx);
  const target = await loadUser(tx, targetId);
  if (target !== null) await keepUser(tx, target);
  const id = newId();
  const { allowedTargetScope, specificAllowedTargets } = policy.document;
  const request: AssignmentRequest = {
    id,
    requestType,
    packageId: accessPackage.id,
    policyId: policy.id,
    requestorId: tx.caller.kind === 'system' || requestType === 'systemAdd' ? targetId : tx.caller.id,
    targetId,
    assignmentId,
    askedAssignmentId: assignmentId ?? newId(),
    justification,
    answers,
    snapshot: {
      packageName: accessPackage.displayName,
      policyName: policy.document.displayName,
      stages,
      allowsSameApproverInSeveralStages: policy.allowsSameApproverInSeveralStages,
      questions: policy.document.questions,
      contents: await loadContents(tx.db(), accessPackage.id),
      expiration,
      endsBy,
      ...(keepsEnd ? { keepsEnd } : {}),
      startDateTime: startsAt?.toString() ?? null,
      scope: { allowedTargetScope, specificAllowedTargets },
    },
    createdAt: tx.now,
    correlation: id,
    // Until the approval says how long it waits, or the access is there: both in this transaction.
    state: { is: 'pendingApproval', until: tx.now },
  };
  await insertRequest(tx.db(), request);
  return request;
}
