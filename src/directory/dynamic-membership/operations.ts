import {
  accountsOfCaller,
  authorise,
  endGrants,
  type Grant,
  giveGrant,
  isLive,
  type Link,
  openGrants,
  refuseSelfGrant,
} from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Group } from '../group/model.ts';
import { loadGroup, loadGroupByKey, loadGroupsByRule } from '../group/store.ts';
import {
  dependsOnTime,
  type Explained,
  explainRule,
  type MembershipRule,
  matches,
  parseMembershipRule,
  type UserFacts,
} from '../membership-rule/index.ts';
import { leadsToPrivilege } from '../object/store.ts';
import { found } from '../refusals.ts';
import { groupsNamedBy, nextTurn } from './rules.ts';
import { loadFacts, loadHireDates, loadTakenIn } from './store.ts';

/** Due work: time alone may have changed whom a group's rule takes in. */
export const ruleTurned = 'group.ruleTurned';

/**
 * Brings all members of a group in line with its rule: whoever came in by hand goes, whoever the rule leaves out
 * goes, whoever it takes in comes. Does nothing for an assigned group; while processing is paused, the members that
 * the rule gave stay as they are.
 */
export async function followRule(tx: Tx, group: Group, correlation: Id): Promise<void> {
  if (group.membershipRule === null) return;
  const open = await openGrants(tx, { kind: 'group-member', privilege: group.id });
  const byHand = open.filter((grant) => grant.origin.kind !== 'rule');
  await endGrants(tx, byHand, 'removed');
  if (group.membershipRuleProcessingState === 'Paused') return;
  const rule = orRefuse(parseMembershipRule(group.membershipRule));
  const wanted = new Set(await loadTakenIn(tx, rule));
  const held = open.filter((grant) => grant.origin.kind === 'rule');
  const leaving = held.filter((grant) => !wanted.has(grant.principal.id));
  await endGrants(tx, leaving, 'rule-left');
  const present = new Set(held.map((grant) => grant.principal.id));
  for (const id of wanted) if (!present.has(id)) await takeIn(tx, group, rule, id, correlation);
  if (dependsOnTime(rule)) await scheduleTurn(tx, group.id, rule, await loadHireDates(tx));
}

/** Brings one user's memberships in line with the rules of all dynamic groups, after a change of the user. */
export async function followRules(tx: Tx, userId: Id, correlation: Id): Promise<void> {
  const facts = await loadFacts(tx, userId);
  if (facts === null) return;
  const held = await heldByRule(tx, userId);
  for (const group of await loadGroupsByRule(tx)) {
    const rule = orRefuse(parseMembershipRule(group.membershipRule ?? ''));
    if (rule.is === 'memberOf') continue; // follows from the ledger's own events
    await followFor(tx, { group, rule, facts, correlation, held: held.get(group.id) ?? [] });
    if (facts.employeeHireDate) await scheduleTurn(tx, group.id, rule, [facts.employeeHireDate]);
  }
}

/** Turns the members that a rule gave into assigned ones: a group that stops being dynamic keeps them. */
export async function releaseFromRule(tx: Tx, group: Group, correlation: Id): Promise<void> {
  const held = await openGrants(tx, { kind: 'group-member', privilege: group.id, origin: { kind: 'rule' } });
  await endGrants(tx, held, 'removed');
  for (const grant of held) {
    await giveGrant(tx, {
      principal: grant.principal,
      privilege: grant.privilege,
      mode: 'active',
      window: { from: tx.now, until: null },
      origin: { kind: 'assigned', id: group.id },
      correlation,
    });
  }
}

/**
 * Follows the ledger: when somebody's place in a group begins or ends, groups whose rule takes over that group's
 * members take the person in or leave them out, in the same transaction.
 */
export async function onMembershipChanged(tx: Tx, event: StoredEvent): Promise<void> {
  const { principalKind, principalId, privilegeId } = event.data;
  if (principalKind !== 'user' || typeof principalId !== 'string' || typeof privilegeId !== 'string') return;
  let facts: UserFacts | null = null;
  for (const group of await loadGroupsByRule(tx, 'memberOf')) {
    const rule = orRefuse(parseMembershipRule(group.membershipRule ?? ''));
    const named = groupsNamedBy(rule);
    if (named.length === 0 || !(named.includes(privilegeId) || group.id === privilegeId)) continue;
    facts ??= await loadFacts(tx, principalId);
    if (facts === null) return;
    const held = (await heldByRule(tx, principalId)).get(group.id) ?? [];
    await followFor(tx, { group, rule, facts, correlation: event.correlation, held });
  }
}

/** Due work: brings a group in line with its rule after time alone may have changed whom it takes in. */
export async function onRuleTurned(tx: Tx, groupId: string): Promise<void> {
  const group = await loadGroup(tx, groupId);
  if (group === null || group.deletedAt !== null) return;
  await followRule(tx, group, groupId);
}

interface Following {
  readonly group: Group;
  readonly rule: MembershipRule;
  readonly facts: UserFacts;
  readonly correlation: Id;
  /** What the rule has given the user in this group. */
  readonly held: readonly Grant[];
}

/** What rules have given a user, by group. */
async function heldByRule(tx: Tx, principal: Id): Promise<ReadonlyMap<Id, Grant[]>> {
  const grants = await openGrants(tx, { principal, kind: 'group-member', origin: { kind: 'rule' } });
  return Map.groupBy(grants, (grant) => grant.privilege.id);
}

async function followFor(tx: Tx, { group, rule, facts, correlation, held }: Following): Promise<void> {
  if (!matches(rule, facts, tx.now)) await endGrants(tx, held, 'rule-left');
  else if (held.length === 0) await takeIn(tx, group, rule, facts.id, correlation);
}

/** Gives a membership by rule. It hangs on the membership that the rule took it from, where there is one. */
async function takeIn(tx: Tx, group: Group, rule: MembershipRule, userId: Id, correlation: Id): Promise<void> {
  // INVARIANT: nobody puts themselves into a group that leads to a privilege, by a rule or by their attributes either.
  const isOwn = (await accountsOfCaller(tx)).has(userId);
  if (isOwn && (await leadsToPrivilege(tx, group.id))) {
    await refuseSelfGrant(tx, userId, { kind: 'group-member', id: group.id });
  }
  const base = await longestPlace(tx, groupsNamedBy(rule), userId);
  await giveGrant(tx, {
    principal: { kind: 'user', id: userId },
    privilege: { kind: 'group-member', id: group.id, scope: '/' },
    mode: 'active',
    window: { from: tx.now, until: null },
    origin: { kind: 'rule', id: group.id },
    correlation,
    links: base === null ? [] : [base],
  });
}

async function longestPlace(tx: Tx, groupIds: readonly Id[], principal: Id): Promise<Link | null> {
  const places: Grant[] = [];
  for (const privilege of groupIds) {
    places.push(...(await openGrants(tx, { principal, kind: 'group-member', privilege, mode: 'active' })));
  }
  const live = places.filter((place) => isLive(place, tx.now));
  const longest = live.reduce<Grant | null>((best, place) => {
    if (best === null || place.endsAt === null) return place;
    return best.endsAt !== null && isBefore(best.endsAt, place.endsAt) ? place : best;
  }, null);
  return longest === null ? null : { kind: 'grant', id: longest.id, endsAt: longest.endsAt };
}

async function scheduleTurn(tx: Tx, groupId: Id, rule: MembershipRule, dates: readonly Instant[]): Promise<void> {
  const at = nextTurn(rule, dates, tx.now);
  if (at !== null) await tx.schedule({ kind: ruleTurned, subject: groupId, at });
}

/** Graph's `evaluateDynamicMembershipResult`. */
export interface Evaluation {
  readonly membershipRule: string | null;
  readonly membershipRuleEvaluationResult: boolean;
  readonly membershipRuleEvaluationDetails: Explained | null;
}

/**
 * Whether a group's rule, or another in its place, takes in a user now, and why, without changing anything. Microsoft:
 * "group: evaluateDynamicMembership" (beta).
 * @param groupKey null for a rule of no group
 */
export async function evaluateFor(
  tx: Tx,
  groupKey: string | null,
  { memberId, membershipRule = null }: { readonly memberId: Id; readonly membershipRule?: string | null | undefined },
): Promise<Evaluation> {
  const anyone = tx.caller.kind === 'user' ? (['anyone'] as const) : [];
  await authorise(tx, 'user.read', anyone);
  if (groupKey !== null) await authorise(tx, 'group.read', anyone);
  const group = groupKey === null ? null : found(await loadGroupByKey(tx, groupKey), groupKey);
  const facts = found(await loadFacts(tx, memberId), memberId);
  const text = membershipRule ?? group?.membershipRule ?? null;
  const details = text === null ? null : explainRule(orRefuse(parseMembershipRule(text)), facts, tx.now);
  return {
    membershipRule: text,
    membershipRuleEvaluationResult: details?.expressionResult ?? false,
    membershipRuleEvaluationDetails: details,
  };
}
