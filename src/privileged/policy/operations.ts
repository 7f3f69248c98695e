import {
  type Group,
  groupRelations,
  isUsable,
  loadGroup,
  loadRole,
  loadRoleIds,
  usersIn,
} from '../../directory/index.ts';
import { accountsOfCaller, authorise, type PrivilegeKind, pathsTo, refuseSelfGrant } from '../../grants/index.ts';
import { type Id, isId, newId } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isContextPublished } from '../authentication-context/operations.ts';
import { changeRule, isRuleId, loosensApproval } from './change.ts';
import type { GroupManagement, RuleChange } from './contract.ts';
import { longestEligibility } from './requirements.ts';
import type { Rule, Rules } from './rule.ts';
import {
  insertPolicies,
  loadPolicy,
  loadPolicyOf,
  loadRules,
  markModified,
  markOnboarded,
  type Policy,
  saveRule,
} from './store.ts';

/** Gives every directory role that has none yet its policy. */
export async function ensureRolePolicies(tx: Tx): Promise<void> {
  await insertPolicies(tx, 'role', await loadRoleIds(tx));
}

/** Gives a group its two policies; PIM manages the group only once it is onboarded. */
export async function ensureGroupPolicies(tx: Tx, groupId: Id): Promise<void> {
  await insertPolicies(tx, 'group-member', [groupId]);
  await insertPolicies(tx, 'group-owner', [groupId]);
}

/** The policy of a privilege, made now if there was none. */
export async function policyOf(tx: Tx, kind: PrivilegeKind, privilegeId: Id): Promise<Policy> {
  const policy = await loadPolicyOf(tx, kind, privilegeId);
  if (policy !== null) return policy;
  await insertPolicies(tx, kind, [privilegeId]);
  const made = await loadPolicyOf(tx, kind, privilegeId);
  if (made === null) throw new Error(`No policy for ${kind} ${privilegeId}`);
  return made;
}

/** The rules of a privilege that are in force now. */
export async function rulesOf(tx: Tx, kind: PrivilegeKind, privilegeId: Id): Promise<Rules> {
  return loadRules(tx, (await policyOf(tx, kind, privilegeId)).id, tx.now);
}

/** Whether PIM manages the group. */
export async function isOnboarded(tx: Tx, groupId: Id): Promise<boolean> {
  return ((await loadPolicyOf(tx, 'group-member', groupId))?.onboardedAt ?? null) !== null;
}

/**
 * Puts a group under the management of PIM, for ever. Does nothing if it is already. The ids of its policies change.
 * Refuses with `ResourceNotFound` (404) and, for a dynamic group, with `GroupNotSupported` (400).
 */
export async function onboardGroup(tx: Tx, groupId: Id): Promise<void> {
  if (await isOnboarded(tx, groupId)) return;
  const group = await presentGroup(tx, groupId);
  if (group.isDynamic) {
    return refuseNow(
      'invalid',
      'GroupNotSupported',
      'The members of a dynamic group follow from its rule; PIM cannot manage it.',
    );
  }
  await ensureGroupPolicies(tx, groupId);
  await markOnboarded(tx, groupId);
  await tx.record({
    type: 'group.onboarded',
    subject: groupId,
    correlation: newId(),
    targets: [{ id: groupId, type: 'Group', displayName: group.displayName }],
  });
}

/** Whether PIM manages a group, and since when. */
export async function readManagement(tx: Tx, groupId: Id): Promise<GroupManagement> {
  const group = await presentGroup(tx, groupId);
  await authorise(tx, 'roleManagementPolicy.readForGroup', await groupRelations(tx, group.id));
  const since = (await loadPolicyOf(tx, 'group-member', group.id))?.onboardedAt ?? null;
  return { isManaged: since !== null, managedSinceDateTime: since?.toString() ?? null };
}

/**
 * Enables PIM for a group as the caller, for ever; what else would do so is the first change of its rules and the first
 * eligibility. Does nothing if it is enabled. Refuses as `onboardGroup` does, and with `Authorization_RequestDenied` (403).
 * Source: "Bring groups into Privileged Identity Management".
 */
export async function enablePim(tx: Tx, groupId: Id): Promise<void> {
  await authoriseGroup(tx, await presentGroup(tx, groupId));
  await onboardGroup(tx, groupId);
}

async function presentGroup(tx: Tx, groupId: Id): Promise<Group> {
  const group = isId(groupId) ? await loadGroup(tx, groupId) : null;
  if (group !== null && group.deletedAt === null) return group;
  return refuseNow('absent', 'ResourceNotFound', 'There is no such group.');
}

/** How long an eligibility for a privilege may last at most by its policy; null where it may be permanent. */
export async function eligibilityLimit(
  tx: Tx,
  kind: PrivilegeKind,
  privilegeId: Id,
): Promise<Temporal.Duration | null> {
  return longestEligibility(await rulesOf(tx, kind, privilegeId));
}

/**
 * Changes rules of a policy as the caller. The first change onboards a group.
 * Refuses with `RoleManagementPolicyNotFound`, `RoleManagementPolicyRuleNotFound` (404), `InvalidPolicyRule` (400),
 * `SelfGrantNotAllowed` and `Authorization_RequestDenied` (403).
 */
export async function changeRules(
  tx: Tx,
  publicId: string,
  changes: readonly { readonly ruleId: string; readonly change: RuleChange }[],
): Promise<void> {
  const policy = isId(publicId) ? await loadPolicy(tx, publicId.toLowerCase()) : null;
  if (policy === null) return refuseNow('absent', 'RoleManagementPolicyNotFound', 'There is no policy with this id.');
  const target = await authorisePolicy(tx, policy);
  if (policy.kind !== 'role') await onboardGroup(tx, policy.privilegeId);
  let rules: Rules = await loadRules(tx, policy.id, tx.now);
  for (const { ruleId, change } of changes) {
    if (!isRuleId(ruleId)) {
      return refuseNow('absent', 'RoleManagementPolicyRuleNotFound', `There is no rule '${ruleId}' in a policy.`);
    }
    const before = rules[ruleId];
    const rule = orRefuse(changeRule(before, change, policy.kind === 'role' ? 'role' : 'group'));
    await demandPublished(tx, rule);
    await demandApprovers(tx, rule);
    if (loosensApproval(before, rule)) await refuseOwnHurdle(tx, policy);
    rules = { ...rules, [ruleId]: rule };
    await saveRule(tx, policy.id, rule);
    await recordChange(tx, policy, target, before, rule);
  }
  await markModified(tx, policy.id);
}

// What no sign-in can satisfy would shut the privilege, or open it to MFA alone, without anybody having said so.
async function demandPublished(tx: Tx, rule: Rule): Promise<void> {
  if (rule['@odata.type'] !== '#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule') return;
  if (!rule.isEnabled || (await isContextPublished(tx, rule.claimValue ?? ''))) return;
  refuseNow(
    'invalid',
    'InvalidPolicyRule',
    `There is no published authentication context '${rule.claimValue}'. Make it, with isAvailable, first.`,
    'claimValue',
  );
}

// Approvers of whom none is there would let every activation wait in vain. (Roles without approvers have administrators.)
async function demandApprovers(tx: Tx, rule: Rule): Promise<void> {
  if (rule['@odata.type'] !== '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule') return;
  const named = rule.setting.approvalStages.flatMap(({ primaryApprovers }) => primaryApprovers);
  if (!rule.setting.isApprovalRequired || named.length === 0) return;
  for (const { userId, groupId } of named as readonly { userId?: string; groupId?: string }[]) {
    if (userId !== undefined && (await isUsable(tx, userId))) return;
    for (const id of groupId === undefined ? [] : await usersIn(tx, groupId)) if (await isUsable(tx, id)) return;
  }
  refuseNow(
    'invalid',
    'ApproversNotReachable',
    'None of the approvers is there: their accounts are disabled or deleted, or the groups have nobody in them.',
    'setting/approvalStages',
  );
}

/** INVARIANT: nobody settles who decides about them, nor that nobody has to, for what an account of theirs may activate. */
async function refuseOwnHurdle(tx: Tx, { kind, privilegeId }: Policy): Promise<void> {
  for (const account of await accountsOfCaller(tx)) {
    const eligible = await pathsTo(tx, account, { mode: 'eligible', kind, privilege: privilegeId });
    if (eligible.length > 0) return refuseSelfGrant(tx, account, { kind: 'activation-approval', id: privilegeId });
  }
}

async function authorisePolicy(tx: Tx, policy: Policy): Promise<{ id: Id; displayName: string }> {
  if (policy.kind === 'role') {
    await authorise(tx, 'roleManagementPolicy.updateForRole');
    return { id: policy.privilegeId, displayName: (await loadRole(tx, policy.privilegeId))?.displayName ?? '' };
  }
  const group = await presentGroup(tx, policy.privilegeId);
  await authoriseGroup(tx, group);
  return { id: group.id, displayName: group.displayName };
}

async function authoriseGroup(tx: Tx, { id, isAssignableToRole }: Group): Promise<void> {
  const operation = isAssignableToRole
    ? 'roleManagementPolicy.updateForRoleAssignableGroup'
    : 'roleManagementPolicy.updateForGroup';
  await authorise(tx, operation, await groupRelations(tx, id));
}

async function recordChange(
  tx: Tx,
  policy: Policy,
  target: { id: Id; displayName: string },
  before: Rule,
  rule: Rule,
): Promise<void> {
  await tx.record({
    type: `${policy.kind}.policy.updated`,
    subject: policy.id,
    correlation: newId(),
    targets: [
      {
        id: target.id,
        type: policy.kind === 'role' ? 'Role' : 'Group',
        displayName: target.displayName,
        modifiedProperties: [
          { displayName: rule.id, oldValue: JSON.stringify(before), newValue: JSON.stringify(rule) },
        ],
      },
    ],
    data: { ruleId: rule.id, privilegeKind: policy.kind, privilegeId: policy.privilegeId },
  });
}
