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
