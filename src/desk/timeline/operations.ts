import { type ApprovalSeen, hasPartIn, seeApproval } from '../../approval/index.ts';
import { approverPorts, nameTargets } from '../../directory/index.ts';
import {
  type AssignmentRequest,
  endOfAssignment,
  foreseeCancellation,
  packageApproverPorts,
  packageRequest,
  readsPackage,
  requestState,
} from '../../entitlements/index.ts';
import { endOfGrant } from '../../grants/index.ts';
import { type Id, isId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { administersRequest, foreseeCancelling, scheduleRequest, stateAt } from '../../privileged/index.ts';
import { possibilityOf } from '../holding/shown.ts';
import { requestsPath } from '../privileges/sending.ts';
import type { Timeline } from './contract.ts';
import { stepsOf } from './model.ts';
import { restOfActivation, restOfPackage } from './rest.ts';

/**
 * What a request for a package has gone through and will: for its requestor and its target, for who decides it, and
 * for who reads the package's requests. Absent and none of one's business look alike: `ResourceNotFound` (404).
 */
export async function packageTimeline(tx: Tx, id: string): Promise<Timeline> {
  const request = isId(id) ? await packageRequest(tx, id) : null;
  const no = () => refuseNow('absent', 'ResourceNotFound', 'There is no assignment request with this id.');
  if (request === null) return no();
  const decides = (await hasPart(tx, request.id)) || (await readsPackage(tx, request.packageId));
  if (!decides && !isCallers(tx, [request.requestorId, request.targetId])) return no();
  const { requestorId, targetId, snapshot, packageId } = request;
  const approval = await seeApproval(tx, request.id, packageApproverPorts);
  const end = request.assignmentId === null ? null : await endOfAssignment(tx, request.assignmentId);
  const nameOf = await namesFor(tx, approval, [requestorId, targetId]);
  const cancelAt = `/v1.0/identityGovernance/entitlementManagement/assignmentRequests/${request.id}/cancel`;
  return {
    id: request.id,
    kind: 'accessPackage',
    type: request.requestType,
    what: { id: packageId, displayName: snapshot.packageName, type: 'accessPackage' },
    requestor: { id: requestorId, displayName: nameOf(requestorId) },
    target: { id: targetId, displayName: nameOf(targetId) },
    state: requestState(request.state, tx.now).is,
    now: tx.now.toString(),
    steps: stepsOf(
      {
        submitted: submittedBy(request, requestorId),
        approval,
        rest: restOfPackage(request, end, tx.now),
      },
      { now: tx.now, seesApprovers: decides, nameOf },
    ),
    cancellation: { ...possibilityOf(await foreseeCancellation(tx, request.id)), path: cancelAt },
  };
}

/**
 * What a request to PIM has gone through and will: for whoever it is about and whoever made it, for who decides it, and
 * for who administers the privilege. `RoleAssignmentRequestNotFound` (404) for all others.
 */
export async function privilegeTimeline(tx: Tx, id: string): Promise<Timeline> {
  const request = await scheduleRequest(tx, id);
  const no = () => refuseNow('absent', 'RoleAssignmentRequestNotFound', 'There is no request with this id.');
  if (request === null) return no();
  const { principal, creator, privilege } = request;
  const decides = (await hasPart(tx, request.id)) || (await administersRequest(tx, request));
  if (!decides && !isCallers(tx, [principal.id, creator.id])) return no();
  const approval = await seeApproval(tx, request.id, approverPorts);
  const end = request.grantId === null ? null : await endOfGrant(tx, request.grantId);
  const requestorId = creator.id ?? principal.id;
  const nameOf = await namesFor(tx, approval, [principal.id, requestorId, privilege.id]);
  const isRole = privilege.kind === 'role';
  const cancelAt = `${requestsPath(privilege, request.mode)}/${request.id}/cancel`;
  return {
    id: request.id,
    kind: 'privilege',
    type: request.action,
    what: { id: privilege.id, displayName: nameOf(privilege.id), type: isRole ? 'role' : 'group' },
    requestor: { id: requestorId, displayName: nameOf(requestorId) || creator.name },
    target: { id: principal.id, displayName: nameOf(principal.id) },
    state: stateAt(request.state, tx.now).is,
    now: tx.now.toString(),
    steps: stepsOf(
      {
        submitted: submittedBy(request, creator.id),
        approval,
        rest: restOfActivation(request, end, tx.now),
      },
      { now: tx.now, seesApprovers: decides, nameOf },
    ),
    cancellation: { ...possibilityOf(await foreseeCancelling(tx, request.id)), path: cancelAt },
  };
}

function submittedBy(
  { createdAt, justification }: Pick<AssignmentRequest, 'createdAt' | 'justification'>,
  by: Id | null,
) {
  return { at: createdAt, by, justification };
}

async function hasPart(tx: Tx, id: Id): Promise<boolean> {
  return tx.caller.kind === 'user' && hasPartIn(tx, id, tx.caller.id);
}

function isCallers({ caller }: Tx, ids: readonly (Id | null)[]): boolean {
  return caller.kind !== 'system' && ids.includes(caller.id);
}

async function namesFor(tx: Tx, approval: ApprovalSeen | null, ids: readonly Id[]): Promise<(id: Id) => string> {
  const asked = (approval?.stages ?? []).flatMap(({ approvers, alternates }) => [...approvers, ...alternates]);
  const all = new Set([...ids, ...asked.map(({ userId }) => userId)]);
  const named = await nameTargets(
    tx.db(),
    [...all].map((id) => ({ id, type: 'Any' })),
  );
  const names = new Map(named.map(({ id, displayName }) => [id, displayName ?? '']));
  return (id) => names.get(id) ?? '';
}
