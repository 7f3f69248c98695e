import {
  isGuestUser,
  isMemberOf,
  isTakenInBy,
  isUsable,
  loadUser,
  loadUserIdsByAddress,
} from '../../../directory/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { loadLiveAssignments } from '../../assignment/store.ts';
import { loadCatalog } from '../../catalog/store.ts';
import { organizationOfUser } from '../../connected/operations.ts';
import { fullOf } from '../../limits/operations.ts';
import type { AccessPackage } from '../../package/model.ts';
import { loadPackage } from '../../package/store.ts';
import type { PolicyScope, Standing } from '../../policy/model.ts';
import { loadPolicies } from '../../policy/store.ts';
import { found, reject } from '../../refusals.ts';
import type { RequestBody } from '../contract.ts';
import type { Submission, SubmissionFacts } from '../decisions.ts';
import { hasPending } from '../store.ts';

/** What was sent, as decisions take it. */
export function submissionOf(body: RequestBody): Submission {
  const policyId = body.assignment.assignmentPolicyId ?? body.assignment.assignmentPolicy?.id ?? null;
  return {
    policyId: policyId?.toLowerCase() ?? null,
    justification: body.justification ?? null,
    answers: body.answers ?? [],
    schedule: body.schedule ?? null,
  };
}

/** The package that a body means, if it names one. */
export function packageIdOf({ assignment, accessPackage }: RequestBody): Id | null {
  const id = assignment.accessPackageId ?? assignment.accessPackage?.id ?? accessPackage?.id;
  return id?.toLowerCase() ?? null;
}

/** Whom a body is for, if it names somebody. */
export function targetIdOf({ assignment }: RequestBody): Id | null {
  const id = assignment.targetId ?? assignment.target?.objectId ?? assignment.target?.id;
  return id?.toLowerCase() ?? null;
}

/**
 * Whom a body is for: by their id, or by their address (Graph: `target/email`), which one account of the directory has
 * to have. Null if it names nobody. Refuses with `SubjectNotFound` (400).
 */
export async function targetOf(tx: Tx, body: RequestBody): Promise<Id | null> {
  const email = body.assignment.target?.email?.trim();
  const named = targetIdOf(body);
  if (named !== null || !email) return named;
  const [only, ...more] = await loadUserIdsByAddress(tx, email);
  const path = 'assignment/target/email';
  if (only === undefined) {
    return reject('SubjectNotFound', 'Nobody in the directory has this address. Create the account first.', path);
  }
  return more.length === 0
    ? only
    : reject('SubjectNotFound', 'Several accounts have this address. Name one of them by its id (targetId).', path);
}

/** The package that a body means. Refuses with `PropertyRequired` (400) or `ResourceNotFound` (404). */
export async function packageOf(tx: Tx, body: RequestBody): Promise<AccessPackage> {
  const id = packageIdOf(body);
  if (id === null) return reject('PropertyRequired', 'Say which package is meant.', 'assignment/accessPackageId');
  return found(await loadPackage(tx.db(), id), 'access package', id);
}

/** What a wish for a package meets. */
export async function loadFacts(tx: Tx, accessPackage: AccessPackage, targetId: Id): Promise<SubmissionFacts> {
  const catalog = found(await loadCatalog(tx.db(), accessPackage.catalogId), 'catalog', accessPackage.catalogId);
  const policies = await loadPolicies(tx.db(), accessPackage.id);
  const pair = { packageId: accessPackage.id, targetId };
  return {
    catalog,
    policies,
    target: await loadStanding(
      tx,
      targetId,
      policies.map(({ document }) => document),
    ),
    isTargetUsable: await isUsable(tx, targetId),
    hasPending: await hasPending(tx.db(), pair, tx.now),
    // Who has left a scope, and has access for a grace period only, may ask anew.
    full: await fullOf(tx, accessPackage.id, targetId),
    hasAssignment: (await loadLiveAssignments(tx.db(), pair, tx.now)).some(({ endedAt }) => endedAt === null),
  };
}

/** How a person stands with regard to the scopes of policies. */
export async function loadStanding(tx: Tx, userId: Id, scopes: readonly PolicyScope[]): Promise<Standing> {
  const named = scopes.flatMap(({ specificAllowedTargets }) =>
    specificAllowedTargets.flatMap((set) => set.groupId ?? []),
  );
  const groupIds = new Set<Id>();
  for (const groupId of new Set(named)) if (await isMemberOf(tx, userId, groupId)) groupIds.add(groupId);
  const rules = new Set<string>();
  for (const { specificAllowedTargets } of scopes) {
    for (const { membershipRule } of specificAllowedTargets) {
      if (membershipRule !== undefined && (await isTakenInBy(tx, membershipRule, userId))) rules.add(membershipRule);
    }
  }
  const user = await loadUser(tx, userId);
  const isMember = user !== null && !isGuestUser(user);
  const organization = isMember ? null : await organizationOfUser(tx, userId);
  return { userId, isMember, groupIds, rules, organization };
}
