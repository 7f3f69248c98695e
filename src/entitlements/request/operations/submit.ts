import { openApproval } from '../../../approval/index.ts';
import { isMemberOf, isUsable, loadUser } from '../../../directory/index.ts';
import { authorise, refuseSelfGrant } from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { type Outcome, orRefuse, refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadLiveAssignments } from '../../assignment/store.ts';
import { loadCatalog } from '../../catalog/store.ts';
import { authoriseFor } from '../../delegation/operations/authority.ts';
import { refuseIncompatible } from '../../duties/operations.ts';
import type { AccessPackage } from '../../package/model.ts';
import { loadContents, loadPackage } from '../../package/store.ts';
import { type AssignmentPolicy, type Standing, stagesOf } from '../../policy/model.ts';
import { loadPolicies } from '../../policy/store.ts';
import { found, reject } from '../../refusals.ts';
import { keepCaller, keepUser } from '../../subject/operations.ts';
import type { RequestBody } from '../contract.ts';
import { decideAdminAdd, decideUserAdd, type Submission, type SubmissionFacts, type Submitted } from '../decisions.ts';
import { type AssignmentRequest, requestTypes } from '../model.ts';
import { hasPending, insertRequest } from '../store.ts';
import { advance, fulfil } from './advance.ts';
import { packageApproverPorts } from './approvers.ts';
import { record } from './record.ts';
import { removeAssignment } from './remove.ts';

/** Takes a request (`POST /assignmentRequests`). Gives its id. */
export async function submitRequest(tx: Tx, body: RequestBody): Promise<Id> {
  const type = requestTypes.find((one) => one.toLowerCase() === body.requestType.toLowerCase());
  switch (type) {
    case 'userAdd':
      return userAdd(tx, body);
    case 'adminAdd':
      return adminAdd(tx, body);
    case 'userRemove':
    case 'adminRemove':
      return removeAssignment(tx, type, body);
    case undefined:
      return reject('RequestTypeNotSupported', `Known are ${requestTypes.join(', ')}.`, 'requestType');
    default:
      return type satisfies never;
  }
}

async function userAdd(tx: Tx, body: RequestBody): Promise<Id> {
  const { caller } = tx;
  if (caller.kind !== 'user') return forbidden('Only a person can ask for themselves. Use adminAdd.');
  const targetId = targetOf(body) ?? caller.id;
  if (targetId !== caller.id) return forbidden('A userAdd is for the caller. Use adminAdd for others.');
  await authorise(tx, 'assignmentRequest.submitForSelf', ['self']);
  return submit(tx, { requestType: 'userAdd', body, targetId, decide: decideUserAdd });
}

async function adminAdd(tx: Tx, body: RequestBody): Promise<Id> {
  await authoriseFor(tx, 'assignmentRequest.submitAsAdministrator', packageOf(body));
  const targetId = targetOf(body);
  if (targetId === null) return reject('PropertyRequired', 'Say whom the package is for.', 'assignment/targetId');
  refuseSelfGrant(tx, targetId);
  return submit(tx, { requestType: 'adminAdd', body, targetId, decide: decideAdminAdd });
}

interface Submitting {
  readonly requestType: 'userAdd' | 'adminAdd';
  readonly body: RequestBody;
  readonly targetId: Id;
  readonly decide: (submission: Submission, facts: SubmissionFacts, now: Tx['now']) => Outcome<Submitted>;
}

async function submit(tx: Tx, { requestType, body, targetId, decide }: Submitting): Promise<Id> {
  const packageId = packageOf(body);
  if (packageId === null)
    return reject('PropertyRequired', 'Say which package is meant.', 'assignment/accessPackageId');
  const accessPackage = found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  const facts = await loadFacts(tx, accessPackage, targetId);
  const submitted = orRefuse(decide(submissionOf(body), facts, tx.now));
  await refuseIncompatible(tx, { packageId, targetId });
  const request = await save(tx, { requestType, targetId, accessPackage, submitted });
  const { stages } = request.snapshot;
  await record(tx, requestType === 'userAdd' ? 'submitted' : 'adminAdded', request, {
    reason: request.justification,
    data: { answers: request.answers, stages: stages.length },
  });
  if (stages.length === 0) {
    if (requestType === 'userAdd') await record(tx, 'autoApproved', request);
    await fulfil(tx, request);
    return request.id;
  }
  const approval = await openApproval(tx, {
    id: request.id,
    door: 'package',
    requestorId: request.requestorId,
    subjectId: targetId,
    stages,
    about: { id: packageId, type: 'AccessPackage', displayName: accessPackage.displayName },
    correlation: request.correlation,
    justification: request.justification,
    ports: packageApproverPorts,
  });
  await advance(tx, request, approval);
  return request.id;
}

interface Saving {
  readonly requestType: 'userAdd' | 'adminAdd';
  readonly targetId: Id;
  readonly accessPackage: AccessPackage;
  readonly submitted: Submitted;
}

async function save(tx: Tx, { requestType, targetId, accessPackage, submitted }: Saving): Promise<AssignmentRequest> {
  const { policy, justification, answers, expiration } = submitted;
  await keepCaller(tx);
  const target = await loadUser(tx, targetId);
  if (target !== null) await keepUser(tx, target);
  const id = newId();
  const stages = requestType === 'userAdd' ? stagesOf(policy.document, newId) : [];
  const request: AssignmentRequest = {
    id,
    requestType,
    packageId: accessPackage.id,
    policyId: policy.id,
    requestorId: tx.caller.kind === 'system' ? targetId : tx.caller.id,
    targetId,
    assignmentId: null,
    justification,
    answers,
    snapshot: {
      packageName: accessPackage.displayName,
      policyName: policy.document.displayName,
      stages,
      questions: policy.document.questions,
      contents: await loadContents(tx.db(), accessPackage.id),
      expiration,
    },
    createdAt: tx.now,
    correlation: id,
    // Until the approval says how long it waits, or the access is there: both in this transaction.
    state: { is: 'pendingApproval', until: tx.now },
  };
  await insertRequest(tx.db(), request);
  return request;
}

async function loadFacts(tx: Tx, accessPackage: AccessPackage, targetId: Id): Promise<SubmissionFacts> {
  const catalog = found(await loadCatalog(tx.db(), accessPackage.catalogId), 'catalog', accessPackage.catalogId);
  const policies = await loadPolicies(tx.db(), accessPackage.id);
  const pair = { packageId: accessPackage.id, targetId };
  return {
    catalog,
    policies,
    target: await loadStanding(tx, targetId, policies),
    isTargetUsable: await isUsable(tx, targetId),
    hasPending: await hasPending(tx.db(), pair, tx.now),
    hasAssignment: (await loadLiveAssignments(tx.db(), pair, tx.now)).length > 0,
  };
}

/** How a person stands with regard to the scopes of policies. */
export async function loadStanding(tx: Tx, userId: Id, policies: readonly AssignmentPolicy[]): Promise<Standing> {
  const named = policies.flatMap(({ document }) => document.specificAllowedTargets.flatMap((set) => set.groupId ?? []));
  const groupIds = new Set<Id>();
  for (const groupId of new Set(named)) if (await isMemberOf(tx, userId, groupId)) groupIds.add(groupId);
  const user = await loadUser(tx, userId);
  return { userId, isMember: user !== null && user.userType?.toLowerCase() !== 'guest', groupIds };
}

function submissionOf(body: RequestBody): Submission {
  const policyId = body.assignment.assignmentPolicyId ?? body.assignment.assignmentPolicy?.id ?? null;
  return {
    policyId: policyId?.toLowerCase() ?? null,
    justification: body.justification ?? null,
    answers: body.answers ?? [],
    schedule: body.schedule ?? null,
  };
}

function packageOf({ assignment, accessPackage }: RequestBody): Id | null {
  const id = assignment.accessPackageId ?? assignment.accessPackage?.id ?? accessPackage?.id;
  return id?.toLowerCase() ?? null;
}

function targetOf({ assignment }: RequestBody): Id | null {
  const id = assignment.targetId ?? assignment.target?.objectId ?? assignment.target?.id;
  return id?.toLowerCase() ?? null;
}

function forbidden(message: string): never {
  return refuseNow('forbidden', 'RequestForOthersNotAllowed', message, 'assignment/targetId');
}
