import { after, type Instant } from '../../kernel/time.ts';
import { findsMatch } from './automaton.ts';
import { textFact, type UserFacts } from './facts.ts';
import { foldCase } from './folding.ts';
import { relationOf } from './operators.ts';
import type { Comparison, Condition, MembershipRule, PlanField, Value } from './rule.ts';

/** What an item of a collection is: a string, or the fields of a plan. */
type Item = string | Readonly<Record<PlanField, string | null>>;

/** Whom a condition is tested on, when, and within `-any` and `-all` on which item. */
interface Scope {
  readonly facts: UserFacts;
  readonly now: Instant;
  readonly item?: Item;
}

/** Whether the rule makes this user a member at that time. Equal to `membershipRuleSql` in every case. */
export function matches(rule: MembershipRule, facts: UserFacts, now: Instant): boolean {
  switch (rule.is) {
    case 'directReports':
      return facts.managerId !== null && foldCase(facts.managerId) === rule.managerId;
    case 'memberOf':
      return facts.memberOfGroupIds.some((id) => rule.groupIds.includes(foldCase(id)));
    case 'condition':
      return holds(rule.condition, { facts, now });
  }
}

/** Whether a condition holds of a user at that time. */
export function holds(condition: Condition, scope: Scope): boolean {
  switch (condition.is) {
    case 'and':
      return condition.operands.every((operand) => holds(operand, scope));
    case 'or':
      return condition.operands.some((operand) => holds(operand, scope));
    case 'not':
      return !holds(condition.operand, scope);
    case 'quantified': {
      const items: readonly Item[] =
        condition.collection.type === 'plans'
          ? scope.facts.assignedPlans
          : stringsOf(scope.facts, condition.collection.fact);
      const test = (item: Item) => holds(condition.condition, { ...scope, item });
      return condition.quantifier === 'any' ? items.some(test) : items.every(test);
    }
    case 'comparison':
      return compared(condition, scope);
  }
}

function compared(comparison: Comparison, scope: Scope): boolean {
  const { relation, negated } = relationOf(comparison.operator);
  const { subject, value } = comparison;
  let related: boolean;
  if (subject.is !== 'attribute') related = textRelated(relation, textOfItem(comparison, scope.item), value);
  else if (subject.attribute.type === 'boolean') related = booleanRelated(scope.facts, subject.attribute.fact, value);
  else if (subject.attribute.type === 'dateTime') related = timeRelated(relation, value, scope);
  else if (subject.attribute.type === 'strings') {
    const items = stringsOf(scope.facts, subject.attribute.fact);
    related = value.is === 'null' ? items.length === 0 : items.some((item) => textRelated(relation, item, value));
  } else related = textRelated(relation, textFact(scope.facts, subject.attribute.fact), value);
  return related !== negated;
}

function textOfItem({ subject }: Comparison, item: Item | undefined): string | null {
  if (typeof item === 'string') return item;
  return item !== undefined && subject.is === 'field' ? item[subject.field] : null;
}

/** The texts of a collection that rules know. */
export function stringsOf(facts: UserFacts, fact: string): readonly string[] {
  return fact === 'otherMails' ? facts.otherMails : facts.proxyAddresses;
}

/** INVARIANT: null relates to nothing but null, so that `-not`, `-ne` and the like are plain complements. */
function textRelated(relation: string, text: string | null, value: Value): boolean {
  if (value.is === 'null') return text === null;
  if (text === null) return false;
  const folded = foldCase(text);
  if (value.is === 'pattern') return findsMatch(value.pattern, folded);
  if (value.is === 'list') return value.texts.some((one) => foldCase(one) === folded);
  if (value.is !== 'text') return false;
  const other = foldCase(value.text);
  if (relation === 'startsWith') return folded.startsWith(other);
  if (relation === 'endsWith') return folded.endsWith(other);
  return relation === 'contains' ? folded.includes(other) : folded === other;
}

function booleanRelated(facts: UserFacts, fact: string, value: Value): boolean {
  const flag = (fact === 'accountEnabled' ? facts.accountEnabled : facts.onPremisesSyncEnabled) ?? null;
  return value.is === 'null' ? flag === null : value.is === 'boolean' && flag === value.boolean;
}

function timeRelated(relation: string, value: Value, { facts, now }: Scope): boolean {
  const date = facts.employeeHireDate ?? null;
  if (value.is === 'null') return date === null;
  const other = instantOf(value, now);
  if (date === null || other === null) return false;
  const order = Temporal.Instant.compare(date, other);
  if (relation === 'le') return order <= 0;
  return relation === 'ge' ? order >= 0 : order === 0;
}

/** The instant that a value stands for at that time; null if it is not one. */
export function instantOf(value: Value, now: Instant): Instant | null {
  if (value.is === 'instant') return value.instant;
  if (value.is !== 'now') return null;
  return value.plus === null ? now : after(now, value.plus);
}
