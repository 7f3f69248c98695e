import type { Condition, MembershipRule } from './rule.ts';

/** The facts (by their names in `UserFacts` and `membershipRuleSql`) that can change what the rule says. */
export function attributesOf(rule: MembershipRule): Set<string> {
  if (rule.is === 'directReports') return new Set(['managerId']);
  if (rule.is === 'memberOf') return new Set(['memberOfGroupIds']);
  return new Set(parts(rule.condition).flatMap(factOf));
}

/** Whether time alone can change what the rule says: it compares with `system.now`. */
export function dependsOnTime(rule: MembershipRule): boolean {
  if (rule.is !== 'condition') return false;
  return parts(rule.condition).some((part) => part.is === 'comparison' && part.value.is === 'now');
}

function factOf(part: Condition): readonly string[] {
  if (part.is === 'quantified') return [part.collection.fact];
  return part.is === 'comparison' && part.subject.is === 'attribute' ? [part.subject.attribute.fact] : [];
}

/** The condition and everything within it. */
function parts(condition: Condition): readonly Condition[] {
  switch (condition.is) {
    case 'and':
    case 'or':
      return [condition, ...condition.operands.flatMap(parts)];
    case 'not':
      return [condition, ...parts(condition.operand)];
    case 'quantified':
      return [condition, ...parts(condition.condition)];
    case 'comparison':
      return [condition];
  }
}
