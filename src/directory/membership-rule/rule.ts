import type { Instant } from '../../kernel/time.ts';
import type { Attribute } from './attributes.ts';
import type { Operator } from './operators.ts';
import type { Pattern } from './pattern.ts';

/** Where something stands in the rule's text: offsets of its first character and of the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

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
