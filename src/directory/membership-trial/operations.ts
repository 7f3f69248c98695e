import { authorise } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Outcome, orRefuse, type Refusal, refuse } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import { loadFactsOf, loadTakenInFirst } from '../dynamic-membership/store.ts';
import { groupRelations } from '../member/operations/places.ts';
import {
  type Explained,
  type Expression,
  explainRule,
  expressionsOf,
  lineAtFault,
  type MembershipRule,
  parseMembershipRule,
  printRule,
  ruleOfExpressions,
  type UserFacts,
} from '../membership-rule/index.ts';

/** What is known of a text that is to be a rule. */
export interface Validation {
  readonly isValid: boolean;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly position: number | null;
    /** Which of the lines it is about, counted from 0. */
    readonly expression: number | null;
  } | null;
  readonly normalised: string | null;
  readonly expressions: readonly Expression[] | null;
}

/** A rule as it is asked about: as text, or as the lines of a builder. */
export interface WrittenRule {
  readonly membershipRule: string | null;
  readonly expressions: readonly Expression[] | null;
}

/** Makes sure that the caller may make rules; of one group its owners may too. */
export async function authoriseTrial(tx: Tx, groupId: Id | null): Promise<void> {
  await authorise(tx, 'membershipRule.try', groupId === null ? [] : await groupRelations(tx, groupId));
}

/** Whether a text is a membership rule, and if not, where it goes wrong. Refused with `BadRequest` where none is given. */
export function validateRule({ membershipRule, expressions }: WrittenRule): Validation {
  const rule = ruleOf(membershipRule, expressions);
  if (rule.is === 'refused') {
    const error = expressions === null ? errorOf(rule.refusal) : lineErrorOf(rule.refusal, expressions);
    return { isValid: false, error, normalised: null, expressions: null };
  }
  return { isValid: true, error: null, normalised: printRule(rule.value), expressions: expressionsOf(rule.value) };
}

function ruleOf(text: string | null, expressions: readonly Expression[] | null): Outcome<MembershipRule> {
  if (text !== null && expressions === null) return parseMembershipRule(text);
  if (expressions !== null && text === null) return ruleOfExpressions(expressions);
  return orRefuse(refuse('invalid', 'BadRequest', 'Send either membershipRule or expressions.', 'membershipRule'));
}

function errorOf({ code, message, position }: Refusal): NonNullable<Validation['error']> {
  return { code, message, position: position ?? null, expression: null };
}

/** Nobody sees the text that lines make: what is wrong is told of the line alone. */
function lineErrorOf(refusal: Refusal, expressions: readonly Expression[]): NonNullable<Validation['error']> {
  const expression = lineAtFault(expressions);
  const line = expression === null ? undefined : expressions[expression];
  const alone = line === undefined ? null : ruleOfExpressions([{ ...line, connector: null }]);
  const said = alone?.is === 'refused' ? alone.refusal : refusal;
  return { code: said.code, message: said.message, position: null, expression };
}

/** Somebody on whom a rule was tried. */
export interface Tried {
  readonly id: Id;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
  readonly isMember: boolean;
  readonly details: Explained;
}

/**
 * Whom a rule would take in now, without changing anything: of some users each with the reason; of all how many, and
 * the first by name. Refuses with the `MembershipRule…` codes (400).
 */
export async function tryRule(
  tx: Tx,
  {
    membershipRule,
    userIds,
    atMost,
  }: { readonly membershipRule: string; readonly userIds: readonly Id[] | null; readonly atMost: number },
): Promise<{ readonly count: number | null; readonly value: readonly Tried[] }> {
  const rule = orRefuse(parseMembershipRule(membershipRule));
  const tried = (facts: UserFacts) => triedOn(rule, facts, tx);
  if (userIds !== null) return { count: null, value: (await loadFactsOf(tx, userIds)).map(tried) };
  const { count, first } = await loadTakenInFirst(tx, rule, atMost);
  return { count, value: first.map(tried) };
}

function triedOn(rule: MembershipRule, facts: UserFacts, { now }: Pick<Tx, 'now'>): Tried {
  const details = explainRule(rule, facts, now);
  const { id, displayName = null, userPrincipalName = null } = facts;
  return { id, displayName, userPrincipalName, isMember: details.expressionResult, details };
}
