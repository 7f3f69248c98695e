import { checkMembershipRule, loadGroup, loadUser } from '../../directory/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { orRefuse, type Refused } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { automaticRuleOf } from '../automatic/decisions.ts';
import { withdrawAutomatic } from '../automatic/operations.ts';
import { loadOrganization } from '../connected/store.ts';
import { authoriseFor, authoriseIn } from '../delegation/operations/authority.ts';
import { demandRoomForPolicy } from '../limits/operations.ts';
import { loadPackage } from '../package/store.ts';
import type { Examination } from '../reachability/contract.ts';
import { decidePublishable, demandPublishable, reachOf } from '../reachability/operations.ts';
import { found, reject, wrong } from '../refusals.ts';
import { isInUse } from '../request/operations/in-use.ts';
import type { OwnPolicyBody, PolicyBody } from './contract.ts';
import { documentOf, type PolicyDocument } from './document.ts';
import type { AssignmentPolicy } from './model.ts';
import { type Named, namedIn, policyFaults } from './rules.ts';
import { closePolicy, loadPolicy, savePolicy } from './store.ts';

/** Creates a policy (`POST /assignmentPolicies`). Only a rehearsal chooses the id. */
export async function createPolicy(tx: Tx, body: PolicyBody, id: Id = newId()): Promise<Id> {
  const packageId = body.accessPackage?.id.toLowerCase();
  if (packageId === undefined) reject('PropertyRequired', 'Say which package the policy is for.', 'accessPackage/id');
  await authoriseFor(tx, 'assignmentPolicy.manage', packageId);
  found(await loadPackage(tx.db(), packageId), 'access package', packageId);
  await demandRoomForPolicy(tx, packageId);
  return save(tx, {
    id,
    packageId,
    createdAt: tx.now,
    allowsSameApproverInSeveralStages: false,
    body,
    type: 'assignment-policy.created',
  });
}

/**
 * Replaces a policy whole (`PUT /assignmentPolicies/{id}`), but for what Graph has no word for. Requests that were made
 * before keep the policy that they met.
 */
export async function replacePolicy(tx: Tx, id: Id, body: PolicyBody): Promise<Id> {
  const policy = await managed(tx, id);
  const { packageId, createdAt, allowsSameApproverInSeveralStages } = policy;
  const asked = body.accessPackage?.id.toLowerCase() ?? packageId;
  if (asked !== packageId) reject('PropertyNotChangeable', 'A policy stays with its package.', 'accessPackage/id');
  const type = 'assignment-policy.updated';
  return save(tx, { id, packageId, createdAt, allowsSameApproverInSeveralStages, body, type });
}

/**
 * Changes what Graph has no word for (`PATCH /sallyport/assignmentPolicies/{id}`), in a new version of the policy. Requests
 * that were made before keep the policy that they met.
 */
export async function changeOwnPolicy(tx: Tx, id: Id, body: OwnPolicyBody): Promise<void> {
  const policy = await managed(tx, id);
  const wanted = body.allowsSameApproverInSeveralStages ?? policy.allowsSameApproverInSeveralStages;
  if (wanted === policy.allowsSameApproverInSeveralStages) return;
  const changed = { ...policy, allowsSameApproverInSeveralStages: wanted, modifiedAt: tx.now, authorId: authorOf(tx) };
  await demandPublishable(tx, changed);
  await savePolicy(tx.db(), changed);
  await record(tx, 'assignment-policy.updated', changed);
}

/**
 * Deletes a policy (`DELETE /assignmentPolicies/{id}`) unless assignments or open requests still live by it. What an
 * automatic policy has given ends with it.
 */
export async function deletePolicy(tx: Tx, id: Id): Promise<void> {
  const policy = await managed(tx, id);
  await closePolicy(tx.db(), id, tx.now);
  await withdrawAutomatic(tx, policy);
  if (await isInUse(tx, { policyId: id })) {
    reject('PolicyInUse', 'There are assignments or open requests by this policy.');
  }
  await record(tx, 'assignment-policy.deleted', policy);
}

interface Examining {
  readonly body: PolicyBody;
  /** Where a package would be that is not there yet. */
  readonly catalogId: Id | null;
  readonly allowsSameApproverInSeveralStages: boolean;
}

/**
 * Looks at a policy before it is kept, by the functions that decide when it is: all that would be refused about it,
 * and who could decide by it. For those who may keep a policy of its package, or of packages in the catalog.
 */
export async function examinePolicy(tx: Tx, asked: Examining): Promise<Examination> {
  const packageId = asked.body.accessPackage?.id.toLowerCase();
  if (packageId !== undefined) await authoriseFor(tx, 'assignmentPolicy.manage', packageId);
  else await authoriseIn(tx, 'assignmentPolicy.manage', asked.catalogId);
  const document = documentOf(asked.body, newId);
  const policy = { document, allowsSameApproverInSeveralStages: asked.allowsSameApproverInSeveralStages };
  const faults = await faultsOf(tx, document);
  if (faults.length === 0) {
    const published = await decidePublishable(tx, policy);
    if (published.is === 'refused') faults.push(published);
  }
  return {
    faults: faults.map(({ refusal: { code, message, target } }) => ({ code, message, target: target ?? null })),
    reachability: faults.some(({ refusal }) => refusal.code !== 'ApproversNotReachable')
      ? null
      : await reachOf(tx, policy),
  };
}

/** A policy that the caller may change. */
async function managed(tx: Tx, id: Id): Promise<AssignmentPolicy> {
  const policy = await loadPolicy(tx.db(), id);
  await authoriseFor(tx, 'assignmentPolicy.manage', policy?.packageId);
  return found(policy, 'assignment policy', id);
}

interface Saving {
  readonly id: Id;
  readonly packageId: Id;
  readonly createdAt: AssignmentPolicy['createdAt'];
  readonly allowsSameApproverInSeveralStages: boolean;
  readonly body: PolicyBody;
  readonly type: string;
}

async function save(tx: Tx, saving: Saving): Promise<Id> {
  const { id, packageId, createdAt, allowsSameApproverInSeveralStages, body, type } = saving;
  const document = documentOf(body, newId);
  for (const fault of await faultsOf(tx, document)) orRefuse(fault);
  const policy: AssignmentPolicy = {
    id,
    packageId,
    document,
    allowsSameApproverInSeveralStages,
    createdAt,
    modifiedAt: tx.now,
    authorId: authorOf(tx),
  };
  await demandPublishable(tx, policy);
  await savePolicy(tx.db(), policy);
  await record(tx, type, policy);
  return id;
}

/** All that keeps a policy from being kept, the worst first; whether somebody could pass it is asked apart. */
async function faultsOf(tx: Tx, document: PolicyDocument): Promise<Refused[]> {
  const faults = policyFaults(document);
  const rule = automaticRuleOf(document);
  const ruled = rule === null ? null : checkMembershipRule(rule);
  const target = 'specificAllowedTargets/0/membershipRule';
  if (ruled?.is === 'refused') faults.push({ ...ruled, refusal: { ...ruled.refusal, target } });
  for (const named of namedIn(document)) {
    if (await exists(tx, named.is, named.id)) continue;
    faults.push(wrong('SubjectNotFound', `There is no ${named.is} with the id ${named.id}.`, named.path));
  }
  return faults;
}

function authorOf(tx: Tx): Id | null {
  return tx.caller.kind === 'system' ? null : tx.caller.id;
}

async function exists(tx: Tx, is: Named['is'], id: Id): Promise<boolean> {
  if (is === 'connectedOrganization') return (await loadOrganization(tx.db(), id)) !== null;
  const thing = is === 'user' ? await loadUser(tx, id) : await loadGroup(tx, id);
  return thing !== null && thing.deletedAt === null;
}

async function record(tx: Tx, type: string, policy: AssignmentPolicy): Promise<void> {
  await tx.record({
    type,
    subject: policy.id,
    correlation: newId(),
    targets: [
      { id: policy.id, type: 'AccessPackageAssignmentPolicy', displayName: policy.document.displayName },
      { id: policy.packageId, type: 'AccessPackage' },
    ],
    data: {
      packageId: policy.packageId,
      document: policy.document,
      allowsSameApproverInSeveralStages: policy.allowsSameApproverInSeveralStages,
    },
  });
}
