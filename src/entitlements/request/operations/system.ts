import { type Id, newId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { Assignment } from '../../assignment/model.ts';
import { loadPackage } from '../../package/store.ts';
import type { AssignmentPolicy } from '../../policy/model.ts';
import { loadPolicy } from '../../policy/store.ts';
import type { AssignmentRequest } from '../model.ts';
import { insertRequest } from '../store.ts';
import { openRequest } from './open.ts';
import { recordMade } from './record.ts';

/** Assigns a package to somebody whom the rule of its automatic policy takes in. Nobody asks, and nobody approves. */
export async function addBySystem(tx: Tx, { policy, targetId }: { policy: AssignmentPolicy; targetId: Id }) {
  const accessPackage = await loadPackage(tx.db(), policy.packageId);
  if (accessPackage === null) return;
  const { expiration } = policy.document;
  const submitted = { policy, justification: null, answers: [], expiration, endsBy: 'policy', startsAt: null } as const;
  const opening = { accessPackage, targetId, submitted, stages: [] };
  await openRequest(tx, { ...opening, requestType: 'systemAdd', happening: 'systemAdded' });
}

/** Writes down, as a request of the system, that somebody's assignment ends or has ended because they left a scope, or all is gone that it gave. */
export async function saveSystemRemoval(tx: Tx, assignment: Assignment, at: Instant): Promise<void> {
  const { packageId, policyId, targetId, correlation } = assignment;
  const request: AssignmentRequest = {
    id: newId(),
    requestType: 'systemRemove',
    packageId,
    policyId,
    requestorId: targetId,
    targetId,
    assignmentId: assignment.id,
    askedAssignmentId: assignment.id,
    justification: null,
    answers: [],
    snapshot: {
      packageName: (await loadPackage(tx.db(), packageId))?.displayName ?? '',
      policyName: (await loadPolicy(tx.db(), policyId))?.document.displayName ?? '',
      stages: [],
      questions: [],
      contents: [],
      expiration: { type: 'notSpecified', endDateTime: null, duration: null },
    },
    createdAt: at,
    correlation,
    state: { is: 'delivered', at },
  };
  await insertRequest(tx.db(), request);
  await recordMade(tx, 'systemRemoved', request);
}
