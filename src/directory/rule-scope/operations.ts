import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, orRefuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { nextTurn } from '../dynamic-membership/rules.ts';
import { loadFacts, loadHireDates, loadTakenIn } from '../dynamic-membership/store.ts';
import { attributesOf, dependsOnTime, matches, parseMembershipRule } from '../membership-rule/index.ts';

/** Whether a text is a membership rule. Refuses with the `MembershipRule…` codes (400). */
export function checkMembershipRule(text: string): Outcome<void> {
  const rule = parseMembershipRule(text);
  return rule.is === 'refused' ? rule : accept(undefined);
}

/** Whether what a rule says follows from memberships of groups (`user.memberOf`). */
export function followsMemberships(text: string): boolean {
  return attributesOf(orRefuse(parseMembershipRule(text))).has('memberOfGroupIds');
}

/** The users that a rule takes in now, by id. */
export function takenInBy(tx: Tx, text: string): Promise<Id[]> {
  return loadTakenIn(tx, orRefuse(parseMembershipRule(text)));
}

/** Whether a rule takes in a user now; a deleted one never. */
export async function isTakenInBy(tx: Tx, text: string, userId: Id): Promise<boolean> {
  const facts = await loadFacts(tx, userId);
  return facts !== null && matches(orRefuse(parseMembershipRule(text)), facts, tx.now);
}

/** When time alone can next change whom a rule takes in; null if it cannot. */
export async function nextTurnOf(tx: Tx, text: string): Promise<Instant | null> {
  const rule = orRefuse(parseMembershipRule(text));
  return dependsOnTime(rule) ? nextTurn(rule, await loadHireDates(tx), tx.now) : null;
}
