import { type Instant, isBefore } from '../../kernel/time.ts';
import type { Condition, MembershipRule, Value } from '../membership-rule/rule.ts';

/** The groups whose members a rule takes over (`user.memberOf`); none for other rules. */
export function groupsNamedBy(rule: MembershipRule): readonly string[] {
  return rule.is === 'memberOf' ? rule.groupIds : [];
}

/**
 * When the passing of time alone can next change whom a rule takes in: just at and just after each date's distance
 * from `system.now`. Null if time does not matter to it any more.
 */
export function nextTurn(rule: MembershipRule, hireDates: readonly Instant[], now: Instant): Instant | null {
  if (rule.is !== 'condition') return null;
  const distances = valuesOf(rule.condition).flatMap((value) => (value.is === 'now' ? [value.plus] : []));
  const turns = hireDates.flatMap((date) =>
    distances.flatMap((plus) => {
      const at = plus === null ? date : date.subtract(plus.round({ largestUnit: 'hours' }));
      return [at, at.add({ microseconds: 1 })];
    }),
  );
  return turns
    .filter((turn) => isBefore(now, turn))
    .reduce<Instant | null>((first, turn) => (first === null || isBefore(turn, first) ? turn : first), null);
}

function valuesOf(condition: Condition): readonly Value[] {
  switch (condition.is) {
    case 'and':
    case 'or':
      return condition.operands.flatMap(valuesOf);
    case 'not':
      return valuesOf(condition.operand);
    case 'quantified':
      return valuesOf(condition.condition);
    case 'comparison':
      return [condition.value];
  }
}
