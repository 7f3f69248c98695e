import { readerMay } from '../../../access/index.ts';
import { type ApprovalSeen, foreseeVote, hasPartIn, seeApproval } from '../../../approval/index.ts';
import { approverPorts, loadPeople, nameTargets, privilegedAmong } from '../../../directory/index.ts';
import { packageApproverPorts } from '../../../entitlements/index.ts';
import { loadPowers } from '../../../grants/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { accept, type Outcome, refuse, refuseNow } from '../../../kernel/outcome.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { decidableByOffice } from '../../../privileged/index.ts';
import { loadHoldings } from '../../holding/operations.ts';
import { possibilityOf } from '../../holding/shown.ts';
import type { ApprovalCase } from '../contract.ts';
import { accessShown, decisionShown, type NameOf, stageShown } from '../shown.ts';
import { type CaseFile, type ClosedCase, findCase } from './files.ts';

/**
 * The whole case of an approval: who asks for what, why, what it really opens, and how it stands. For who is or was
 * asked to decide it, and who reads all requests of its kind; absent and none of one's business look alike:
 * `ApprovalNotFound` (404).
 */
export async function readCase(tx: Tx, id: Id): Promise<ApprovalCase> {
  const closed = await findCase(tx, id);
  if (closed === null || !(await maySee(tx, closed))) {
    return refuseNow('absent', 'ApprovalNotFound', 'There is no approval with this id.');
  }
  const file = await closed.open();
  const ports = file.kind === 'accessPackage' ? packageApproverPorts : approverPorts;
  const seen = await seeApproval(tx, id, ports);
  if (seen === null) return refuseNow('absent', 'ApprovalNotFound', 'The request needed nobody to approve it.');
  const may = await mayDecide(tx, file, await foreseeVote(tx, id, ports));
  const nameOf = await namesFor(tx, seen);
  const { requestorId, subjectId } = seen.approval;
  const isIntimate = may.is === 'accepted' || (await readsAccess(tx));
  const current = seen.stages.find(({ place }) => place === 'current');
  return {
    id,
    kind: file.kind,
    state: seen.state.is,
    what: file.what,
    requestor: await personOf(tx, requestorId, nameOf),
    target: subjectId === requestorId ? null : await personOf(tx, subjectId, nameOf),
    request: file.request,
    answers: file.answers(current !== undefined),
    opens: file.opens,
    access: accessShown(file.access),
    holds: isIntimate ? await holdsOf(tx, subjectId) : null,
    incompatibleWith: isIntimate
      ? file.excluding.map(({ kind, id, displayName }) => ({ kind, id, displayName }))
      : null,
    stages: seen.stages.map((stage) => stageShown(stage, nameOf)),
    mayDecide: possibilityOf(may),
    mayApprove: possibilityOf(may.is === 'accepted' ? file.duties : may),
    isJustificationRequired: current?.isJustificationRequired ?? false,
    mayTakeBack: possibilityOf(file.takingBack),
    decision: seen.stages.map(decisionShown).findLast((one) => one !== null) ?? null,
    decideAt: current === undefined ? null : { method: 'PATCH', path: file.decideAt(current.id) },
  };
}

async function maySee(tx: Tx, { id, readsAll }: ClosedCase): Promise<boolean> {
  const { caller } = tx;
  if (caller.kind === 'user' && (await hasPartIn(tx, id, caller.id))) return true;
  return readsAll();
}

/** Whether the decision would be taken: besides the approval's own rule, an office that is still held. */
async function mayDecide(tx: Tx, { id, kind }: CaseFile, vote: Outcome<unknown>): Promise<Outcome<void>> {
  if (vote.is === 'refused') return vote;
  if (kind === 'accessPackage' || (await decidableByOffice(tx, [id])).has(id)) return accept(undefined);
  return refuse('forbidden', 'NotAnApprover', 'Only who is still an administrator of roles decides by default.');
}

async function readsAccess(tx: Tx): Promise<boolean> {
  return readerMay('effectiveAccess.read', await loadPowers(tx.db(), tx.caller, tx.now));
}

async function namesFor(tx: Tx, { approval, stages }: ApprovalSeen): Promise<NameOf> {
  const ids = new Set([approval.requestorId, approval.subjectId]);
  for (const { approvers } of stages) for (const { userId } of approvers) ids.add(userId);
  const named = await nameTargets(
    tx.db(),
    [...ids].map((id) => ({ id, type: 'User' })),
  );
  const names = new Map(named.map(({ id, displayName }) => [id, displayName ?? '']));
  return (id) => names.get(id) ?? '';
}

async function personOf(tx: Tx, id: Id, nameOf: NameOf): Promise<ApprovalCase['requestor']> {
  const [person] = await loadPeople(tx.db(), tx.now, [id]);
  const managerId = person?.managerId ?? null;
  const managers = managerId === null ? [] : await loadPeople(tx.db(), tx.now, [managerId]);
  return {
    id,
    displayName: person?.displayName ?? nameOf(id),
    userPrincipalName: person?.userPrincipalName ?? null,
    jobTitle: person?.jobTitle ?? null,
    manager: managers.map(({ id: of, displayName }) => ({ id: of, displayName }))[0] ?? null,
  };
}

async function holdsOf(tx: Tx, userId: Id): Promise<NonNullable<ApprovalCase['holds']>> {
  const { eligible, active } = await loadHoldings(tx, userId);
  const ids = [...new Set([...eligible, ...active].map(({ privilege }) => privilege.id))];
  const named = await nameTargets(
    tx.db(),
    ids.map((id) => ({ id, type: 'Any' })),
  );
  const names = new Map(named.map(({ id, displayName }) => [id, displayName ?? '']));
  const privileged = await privilegedAmong(tx, ids);
  const shown = (mode: 'eligible' | 'active') => (of: typeof eligible) =>
    of.flatMap(({ privilege: { kind, id }, endsAt }) =>
      kind === 'entitlement-role'
        ? []
        : [
            {
              kind,
              id,
              displayName: names.get(id) ?? '',
              isPrivileged: privileged.has(id),
              mode,
              endDateTime: endsAt?.toString() ?? null,
            },
          ],
    );
  return [...shown('active')(active), ...shown('eligible')(eligible)].sort(
    (one, other) => other.kind.localeCompare(one.kind) || one.displayName.localeCompare(other.displayName),
  );
}
