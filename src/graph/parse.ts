import { readFileSync } from 'node:fs';
import peggy from 'peggy';
import { badRequest } from './errors.ts';

export type LiteralKind = 'string' | 'number' | 'boolean' | 'null' | 'guid' | 'instant' | 'date' | 'duration';

export interface Literal {
  readonly is: 'literal';
  readonly kind: LiteralKind;
  readonly value: string | boolean | null;
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has';

/** What `$filter` says, before it is known whether it fits the entity. */
export type Expression =
  | Literal
  | { readonly is: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly is: 'not'; readonly of: Expression }
  | { readonly is: 'compare'; readonly op: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'in'; readonly left: Expression; readonly list: readonly Expression[] }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'path'; readonly segments: readonly string[] }
  | Lambda;

export interface Lambda {
  readonly is: 'lambda';
  readonly kind: 'any' | 'all';
  readonly path: readonly string[];
  readonly variable: string | null;
  readonly of: Expression | null;
}

export type SearchExpression =
  | { readonly is: 'and' | 'or'; readonly of: readonly SearchExpression[] }
  | { readonly is: 'not'; readonly of: SearchExpression }
  | { readonly is: 'term'; readonly text: string };

export interface OrderTerm {
  readonly segments: readonly string[];
  readonly descending: boolean;
}

export interface ExpandTerm {
  readonly segments: readonly string[];
  readonly ref: boolean;
  readonly options: readonly { readonly name: string; readonly text: string }[];
}

interface Rules {
  Filter: Expression;
  OrderBy: readonly OrderTerm[];
  Select: readonly (readonly string[])[];
  Expand: readonly ExpandTerm[];
  Search: SearchExpression;
}

/** Longest text of one query option, in characters. */
export const longestOption = 8192;

/** How deep brackets and negations may be nested. */
const deepest = 32;

const rules: readonly (keyof Rules)[] = ['Filter', 'OrderBy', 'Select', 'Expand', 'Search'];

// The cache makes parsing linear: without it, nested brackets are tried again at every level.
const parser = peggy.generate(readFileSync(new URL('./query.peggy', import.meta.url), 'utf8'), {
  allowedStartRules: [...rules],
  cache: true,
});

/**
 * Parses the text of a query option. Throws a RefusedError (400, the option as target) for what does not parse
 * and for what is too long or nested too deeply.
 */
export function parseOption<R extends keyof Rules>(rule: R, text: string, option: string): Rules[R] {
  if (text.length > longestOption) throw badRequest(`${option} is longer than ${longestOption} characters.`, option);
  if (nesting(text) > deepest) throw badRequest(`${option} is nested deeper than ${deepest} levels.`, option);
  try {
    return parser.parse(text, { startRule: rule }) as Rules[R];
  } catch (error) {
    throw badRequest(`${option} cannot be understood${whereOf(error)}. Correct the expression.`, option);
  }
}

function whereOf(error: unknown): string {
  const location = (error as { location?: { start?: { offset?: number } } }).location;
  return location?.start?.offset === undefined ? '' : ` at character ${location.start.offset + 1}`;
}

/** Deepest nesting of brackets outside quotes, plus the number of `not`s, which nest as well. */
function nesting(text: string): number {
  const bare = text.replace(/'(?:''|[^'])*'|"(?:\\.|[^"\\])*"/g, '');
  let depth = 0;
  let most = 0;
  for (const character of bare) {
    if (character === '(') most = Math.max(most, ++depth);
    if (character === ')') depth--;
  }
  return most + longestRunOfNots(bare);
}

function longestRunOfNots(text: string): number {
  const runs = text.match(/(?:\bnot\b[\s(]*)+/gi) ?? [];
  return Math.max(0, ...runs.map((run) => run.match(/not/gi)?.length ?? 0));
}
