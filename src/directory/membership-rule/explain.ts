import type { Instant } from '../../kernel/time.ts';
import { holds, matches, stringsOf } from './evaluate.ts';
import { textFact, type UserFacts } from './facts.ts';
import { printCondition, printRule } from './print.ts';
import type { Condition, MembershipRule, Subject } from './rule.ts';

/** Why a rule or a part of it holds of a user or not: Graph's `expressionEvaluationDetails`. */
export interface Explained {
  /** The part of the rule, in its documented form. */
  readonly expression: string;
  readonly expressionResult: boolean;
  /** What was looked at; null for what consists of other parts. */
  readonly propertyToEvaluate: { readonly propertyName: string; readonly propertyValue: string | null } | null;
  /** The parts that it consists of. */
  readonly expressionEvaluationDetails: readonly Explained[];
}

/**
 * Says of every part of a rule whether it holds of a user at that time. INVARIANT: the result of the whole is that of
 * `matches`. Microsoft: "expressionEvaluationDetails resource type" (beta).
 */
export function explainRule(rule: MembershipRule, facts: UserFacts, now: Instant): Explained {
  if (rule.is === 'condition') return explained(rule.condition, facts, now);
  const whole = { expression: printRule(rule), expressionResult: matches(rule, facts, now) };
  if (rule.is === 'directReports') return leaf(whole, 'manager', facts.managerId);
  // Of the groups that somebody is in, the rule asks of these alone.
  const named = facts.memberOfGroupIds.filter((id) => rule.groupIds.includes(id.toLowerCase()));
  return leaf(whole, 'memberOf', JSON.stringify(named));
}

function explained(condition: Condition, facts: UserFacts, now: Instant): Explained {
  const whole = { expression: printCondition(condition), expressionResult: holds(condition, { facts, now }) };
  switch (condition.is) {
    case 'and':
    case 'or':
      return parted(whole, condition.operands, facts, now);
    case 'not':
      return parted(whole, [condition.operand], facts, now);
    case 'quantified': {
      const { name, fact, type } = condition.collection;
      const items = type === 'plans' ? facts.assignedPlans : stringsOf(facts, fact);
      return leaf(whole, name, JSON.stringify(items));
    }
    case 'comparison':
      return leaf(whole, nameOf(condition.subject), factOf(condition.subject, facts));
  }
}

type Whole = Pick<Explained, 'expression' | 'expressionResult'>;

function parted(whole: Whole, parts: readonly Condition[], facts: UserFacts, now: Instant): Explained {
  const details = parts.map((part) => explained(part, facts, now));
  return { ...whole, propertyToEvaluate: null, expressionEvaluationDetails: details };
}

function leaf(whole: Whole, propertyName: string, propertyValue: string | null): Explained {
  return { ...whole, propertyToEvaluate: { propertyName, propertyValue }, expressionEvaluationDetails: [] };
}

function nameOf(subject: Subject): string {
  return subject.is === 'attribute' ? subject.attribute.name : '';
}

/** What a user has of an attribute, as text: a collection as JSON. Items are explained by their collection alone. */
function factOf(subject: Subject, facts: UserFacts): string | null {
  if (subject.is !== 'attribute') return null;
  const { type, fact } = subject.attribute;
  switch (type) {
    case 'boolean': {
      const flag = (fact === 'accountEnabled' ? facts.accountEnabled : facts.onPremisesSyncEnabled) ?? null;
      return flag === null ? null : String(flag);
    }
    case 'dateTime':
      return facts.employeeHireDate?.toString() ?? null;
    case 'strings':
      return JSON.stringify(stringsOf(facts, fact));
    case 'string':
      return textFact(facts, fact);
    case 'plans':
    case 'groups':
      return null;
    default:
      return type satisfies never;
  }
}
