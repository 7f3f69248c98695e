import { addMember, isUsable, loadGroup, loadRole } from '../../../directory/index.ts';
import {
  bindingEnd,
  type Ending,
  endGrants,
  giveGrant,
  type Mode,
  type NewGrant,
  openGrants,
  type PrivilegeKind,
  planEndOfHanging,
  refuseSelfGrant,
} from '../../../grants/index.ts';
import { type Id, newId } from '../../../kernel/ids.ts';
import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { after, type Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { eligibilityLimit, isOnboarded } from '../../../privileged/index.ts';
import { needsPim } from '../../catalog/model.ts';
import { loadExcluding } from '../../duties/operations.ts';
import { fullOf } from '../../limits/operations.ts';
import type { PackageContent } from '../../package/model.ts';
import { loadContents, loadPackage } from '../../package/store.ts';
import type { ExpirationDocument } from '../../policy/document.ts';
import type { Answer } from '../../policy/questions.ts';
import { decideDelivery } from '../delivery.ts';
import type { Assignment, Term } from '../model.ts';
import { insertAssignment, loadLiveAssignments } from '../store.ts';
import { planEndsSoon } from './ends-soon.ts';
import { record, recordTaken } from './record.ts';

/** What is to be delivered to whom. */
export interface Delivery {
  /** The id that the assignment shall have; a fresh one if missing. */
  readonly id?: Id;
  readonly packageId: Id;
  readonly packageName: string;
  readonly policyId: Id;
  readonly targetId: Id;
  readonly requestId: Id;
  readonly contents: readonly PackageContent[];
  /** What the questions of the policy were answered with. */
  readonly answers: readonly Answer[];
  readonly expiration: ExpirationDocument;
  readonly endsBy: 'policy' | 'requested';
  /** From when durations count: now, or the planned start of something that starts late. */
  readonly from: Instant;
  readonly correlation: Id;
}

/**
 * Gives somebody what a package held when it was asked for: the assignment and everything it brings appear in this
 * transaction, and end with the assignment. Facts are checked again. A refusal means that nothing was given.
 */
export async function deliver(tx: Tx, delivery: Delivery): Promise<Outcome<Assignment>> {
  const term = await deliveryTerm(tx, delivery);
  if (term.is === 'refused') return term;
  const assignment: Assignment = {
    id: delivery.id ?? newId(),
    packageId: delivery.packageId,
    policyId: delivery.policyId,
    targetId: delivery.targetId,
    startsAt: term.value.window.from,
    endsAt: term.value.window.until,
    endedAt: null,
    binding: term.value.binding,
    correlation: delivery.correlation,
  };
  await insertAssignment(tx.db(), assignment, delivery.answers);
  if (assignment.endsAt !== null) {
    await tx.schedule({ kind: 'assignment.expired', subject: assignment.id, at: assignment.endsAt });
    await planEndsSoon(tx, assignment);
  }
  for (const content of delivery.contents) await give(tx, assignment, content);
  await record(tx, 'assignment.delivered', assignment, {
    packageName: delivery.packageName,
    requestId: delivery.requestId,
    contents: delivery.contents,
    answers: delivery.answers,
  });
  return accept(assignment);
}

/** Whether something can be delivered now, and for which term, by facts that are looked at again. Nothing is saved. */
export async function deliveryTerm(
  tx: Tx,
  delivery: Pick<Delivery, 'packageId' | 'targetId' | 'contents' | 'expiration' | 'endsBy' | 'from'>,
): Promise<Outcome<Term>> {
  const { packageId, targetId, contents, expiration, endsBy, from } = delivery;
  const gone: PackageContent[] = [];
  for (const content of contents) if (!(await canBeGiven(tx, content))) gone.push(content);
  return decideDelivery(
    {
      isTargetUsable: await isUsable(tx, targetId),
      isPackageThere: (await loadPackage(tx.db(), packageId)) !== null,
      gone,
      excluding: await loadExcluding(tx, packageId, targetId),
      // One that its holder has for a grace period only is in nobody's way: the new one takes its place.
      hasAssignment: (await loadLiveAssignments(tx.db(), { packageId, targetId }, tx.now)).some(
        ({ endedAt }) => endedAt === null,
      ),
      full: await fullOf(tx, packageId, targetId),
      expiration,
      endsBy,
      from,
      limits: await limitsOf(tx, contents),
    },
    tx.now,
  );
}

async function canBeGiven(tx: Tx, content: PackageContent): Promise<boolean> {
  if (content.originSystem === 'DirectoryRole') return (await loadRole(tx, content.originId))?.isEnabled === true;
  const group = await loadGroup(tx, content.originId);
  if (group === null || group.deletedAt !== null || group.isDynamic) return false;
  return !needsPim(content.kind) || (await isOnboarded(tx, group.id));
}

/**
 * Gives everyone who has a package what it now gives as well, as Entra does; where the account is shut it waits, without
 * effect, like all that was given before. Nobody gives to themselves.
 */
export async function giveToHolders(tx: Tx, packageId: Id, content: PackageContent): Promise<void> {
  for (const assignment of await loadLiveAssignments(tx.db(), { packageId }, tx.now)) {
    await refuseSelfGrant(tx, assignment.targetId, { kind: 'package', id: packageId });
    await give(tx, assignment, content);
    // Who has left the scope of the policy has what is new for the rest of the grace period only.
    if (assignment.endedAt !== null) {
      await planEndOfHanging(tx, 'package-assignment', assignment.id, assignment.endedAt);
    }
  }
}

/** Gives the target of an assignment what its package gives and they have not by it. Gives what was missing. */
export async function giveMissing(tx: Tx, assignment: Assignment): Promise<PackageContent[]> {
  const missing: PackageContent[] = [];
  for (const content of await loadContents(tx.db(), assignment.packageId)) {
    const { kind, mode } = privilegeOf(content);
    const origin = { kind: 'package', id: assignment.id } as const;
    const of = { principal: assignment.targetId, privilege: content.originId, kind, mode, origin };
    if ((await openGrants(tx, of)).length > 0 || !(await canBeGiven(tx, content))) continue;
    await give(tx, assignment, content);
    missing.push(content);
  }
  if (assignment.endedAt !== null) {
    await planEndOfHanging(tx, 'package-assignment', assignment.id, assignment.endedAt);
  }
  return missing;
}

/** Takes from everyone who has a package what it no longer gives. What they hold by another way stays. */
export async function takeFromHolders(tx: Tx, packageId: Id, content: PackageContent): Promise<void> {
  const { kind, mode } = privilegeOf(content);
  const packageName = (await loadPackage(tx.db(), packageId))?.displayName ?? '';
  for (const assignment of await loadLiveAssignments(tx.db(), { packageId }, tx.now)) {
    const { id, targetId } = assignment;
    const origin = { kind: 'package', id } as const;
    const held = await openGrants(tx, { principal: targetId, privilege: content.originId, kind, mode, origin });
    const taken = await endGrants(tx, held, 'package-changed');
    if (taken.length > 0) await recordTaken(tx, assignment, packageName, taken);
  }
}

/** Gives one thing of an assignment, for as long as the assignment lasts. */
async function give(tx: Tx, assignment: Assignment, content: PackageContent): Promise<void> {
  const { mode } = privilegeOf(content);
  const shared = {
    mode,
    ...(await termOf(tx, assignment, content)),
    origin: { kind: 'package', id: assignment.id },
    correlation: assignment.correlation,
    links: [{ kind: 'package-assignment', id: assignment.id, endsAt: assignment.endsAt }],
  } as const;
  if (content.originSystem === 'DirectoryRole') {
    const principal = { kind: 'user', id: assignment.targetId } as const;
    await giveGrant(tx, { ...shared, principal, privilege: { kind: 'role', id: content.originId, scope: '/' } });
    return;
  }
  const as = belongingOf(content);
  await addMember(tx, { ...shared, groupId: content.originId, principalId: assignment.targetId, as });
}

/** Until when a content that is given now may last: as long as its assignment, and no longer than PIM allows. */
async function termOf(
  tx: Tx,
  assignment: Assignment,
  content: PackageContent,
): Promise<Pick<NewGrant, 'window' | 'binding'>> {
  const hangs = { at: assignment.endsAt, by: 'link', id: assignment.id } as const;
  const { until, binding } = bindingEnd([hangs, ...(await limitsOf(tx, [content]))]);
  return { window: { from: tx.now, until }, ...(binding === null ? {} : { binding }) };
}

/** The latest end that PIM's rules allow for each of the contents that are given as eligible, if given at an instant. */
export async function limitsOf(tx: Tx, contents: readonly PackageContent[], at: Instant = tx.now): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (const content of contents) {
    const { kind, mode } = privilegeOf(content);
    if (mode !== 'eligible') continue;
    const limit = await eligibilityLimit(tx, kind, content.originId);
    if (limit !== null) endings.push({ at: after(at, limit), by: 'eligibilityMaximum', id: content.originId });
  }
  return endings;
}

function privilegeOf(content: PackageContent): { readonly kind: PrivilegeKind; readonly mode: Mode } {
  const mode =
    content.kind === 'member' || content.kind === 'owner' || content.kind === 'active' ? 'active' : 'eligible';
  const kind = content.originSystem === 'DirectoryRole' ? 'role' : (`group-${belongingOf(content)}` as const);
  return { kind, mode };
}

function belongingOf(content: PackageContent): 'member' | 'owner' {
  return content.kind === 'owner' || content.kind === 'eligibleOwner' ? 'owner' : 'member';
}
