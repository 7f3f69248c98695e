import type { Instant } from '../../kernel/time.ts';
import type { Attribute } from './attributes.ts';
import type { Pattern } from './pattern.ts';

/** Where something stands in the rule's text: offsets of its first character and of the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The operators as Entra's documentation spells them, without the hyphen. */
export type Operator =
  | 'eq'
  | 'ne'
  | 'startsWith'
  | 'notStartsWith'
  | 'endsWith'
  | 'notEndsWith'
  | 'contains'
  | 'notContains'
  | 'match'
  | 'notMatch'
  | 'in'
  | 'notIn'
  | 'le'
  | 'ge';

/** The operators that remain when a "not" is taken out: every `notX` is the exact complement of its `X`. */
export type Relation = 'eq' | 'startsWith' | 'endsWith' | 'contains' | 'match' | 'in' | 'le' | 'ge';

/** The fields of an assigned plan that a rule may test. */
export type PlanField = 'capabilityStatus' | 'service' | 'servicePlanId';

/** What a comparison tests: an attribute of the user, or (inside `-any` and `-all`) the item or one of its fields. */
export type Subject =
  | { readonly is: 'attribute'; readonly attribute: Attribute }
  | { readonly is: 'item' }
  | { readonly is: 'field'; readonly field: PlanField };

/** What a subject is compared with. */
export type Value =
  | { readonly is: 'null' }
  | { readonly is: 'boolean'; readonly boolean: boolean }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly texts: readonly string[] }
  | { readonly is: 'pattern'; readonly text: string; readonly pattern: Pattern }
  | { readonly is: 'instant'; readonly instant: Instant }
  /** `system.now`, with the duration after `-plus` where there is one. */
  | { readonly is: 'now'; readonly plus: Temporal.Duration | null };

export interface Comparison {
  readonly is: 'comparison';
  readonly subject: Subject;
  readonly operator: Operator;
  readonly value: Value;
  readonly at: Span;
}

/** `collection -any (condition)`; within the condition the subjects are the item or its fields. */
export interface Quantified {
  readonly is: 'quantified';
  readonly collection: Attribute;
  readonly quantifier: 'any' | 'all';
  readonly condition: Condition;
  readonly at: Span;
}

export type Condition =
  | { readonly is: 'and' | 'or'; readonly operands: readonly Condition[]; readonly at: Span }
  | { readonly is: 'not'; readonly operand: Condition; readonly at: Span }
  | Comparison
  | Quantified;

/** A rule that has been read and checked. */
export type MembershipRule =
  | { readonly is: 'condition'; readonly condition: Condition }
  | { readonly is: 'directReports'; readonly managerId: string }
  | { readonly is: 'memberOf'; readonly groupIds: readonly string[] };

const relations: Readonly<Record<Operator, readonly [Relation, boolean]>> = {
  eq: ['eq', false],
  ne: ['eq', true],
  startsWith: ['startsWith', false],
  notStartsWith: ['startsWith', true],
  endsWith: ['endsWith', false],
  notEndsWith: ['endsWith', true],
  contains: ['contains', false],
  notContains: ['contains', true],
  match: ['match', false],
  notMatch: ['match', true],
  in: ['in', false],
  notIn: ['in', true],
  le: ['le', false],
  ge: ['ge', false],
};

/** All operators, in the documentation's order. */
export const operators = Object.keys(relations) as readonly Operator[];

/** Takes the "not" out of an operator. INVARIANT: both evaluations negate the relation, so neither knows a third value. */
export function relationOf(operator: Operator): { readonly relation: Relation; readonly negated: boolean } {
  const [relation, negated] = relations[operator];
  return { relation, negated };
}
