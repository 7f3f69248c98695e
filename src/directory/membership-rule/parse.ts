import type { Outcome } from '../../kernel/outcome.ts';
import { checkRule } from './check.ts';
import { readSyntax } from './grammar.ts';
import type { MembershipRule } from './rule.ts';

/**
 * Reads a membership rule in Entra's language (docs/identity/users/groups-dynamic-membership.md).
 * Refuses with `MembershipRuleSyntaxError`, `MembershipRuleAttributeNotSupported`,
 * `MembershipRuleOperatorNotSupported` or `MembershipRulePatternNotSupported`, each naming what is at fault and where.
 */
export function parseMembershipRule(text: string): Outcome<MembershipRule> {
  const syntax = readSyntax(text);
  return syntax.is === 'refused' ? syntax : checkRule(syntax.value);
}
