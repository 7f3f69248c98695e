import { badRequest } from './errors.ts';
import { type ExpandTerm, type Expression, type OrderTerm, parseOption, type SearchExpression } from './parse.ts';

/** The query options of a request, parsed but not yet held against declarations. */
export interface Query {
  readonly select: readonly (readonly string[])[] | null;
  readonly expand: readonly Expansion[];
  readonly filter: Expression | null;
  readonly orderby: readonly OrderTerm[];
  readonly search: SearchExpression | null;
  readonly top: number | null;
  readonly skip: number;
  readonly skiptoken: string | null;
  readonly count: boolean;
}

/** One navigation of `$expand`, with options of its own; the segment `*` stands for all that the set has. */
export interface Expansion extends Query {
  readonly segments: readonly string[];
  readonly ref: boolean;
  /** How often the navigation is followed into itself; 1 unless `$levels` says more. */
  readonly levels: number;
}

export const emptyQuery: Query = {
  select: null,
  expand: [],
  filter: null,
  orderby: [],
  search: null,
  top: null,
  skip: 0,
  skiptoken: null,
  count: false,
};

/** The largest page that may be asked for, and the size of a page that nobody asked for. */
export const largestPage = 999;
export const usualPage = 100;

/** How deep expansions may nest, how many there may be in all, how far `$levels` goes, and what it may say. */
const deepestExpand = 5;
const mostExpands = 40;
const maxLevels = 10;
const mostLevels = 1000;

const mostOrderTerms = 10;

type Options = ReadonlyMap<string, string>;

const known = new Set(['select', 'expand', 'filter', 'orderby', 'search', 'top', 'skip', 'skiptoken', 'count']);
const passed = new Set(['format']);

/** Parses the query part of a URL (without `?`). Throws a RefusedError (400) that names the option at fault. */
export function parseQuery(text: string): Query {
  const options = new Map<string, string>();
  for (const [name, value] of pairsOf(text)) add(options, name, value);
  return readOptions(options, { depth: 0, expands: { count: 0 } });
}

/**
 * What the query part of a URL says besides OData's options. Throws a RefusedError (400) for a name that is given
 * twice.
 */
export function parametersOf(text: string): Readonly<Record<string, string>> {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairsOf(text)) {
    if (isOption(name)) continue;
    if (parameters.has(name)) throw badRequest(`'${name}' must be given only once.`, name);
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

/** Options that a client may change from one page to the next: how much of the list it wants, never of which list. */
const perPage = new Set(['skip', 'skiptoken', 'top', 'count', 'format']);

/** What makes a list the one it is: everything that the query part of a URL says but for options of one page. */
export function listingOf(text: string): readonly (readonly [string, string])[] {
  const named = pairsOf(text).map(
    ([name, value]) => [isOption(name) ? name.replace(/^\$/, '').toLowerCase() : name, value] as const,
  );
  return named.filter(([name]) => !perPage.has(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function isOption(name: string): boolean {
  return name.startsWith('$') || known.has(name.toLowerCase());
}

function pairsOf(text: string): readonly (readonly [string, string])[] {
  const pairs = text.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const cut = pair.indexOf('=');
    return [decode(cut < 0 ? pair : pair.slice(0, cut)).trim(), decode(cut < 0 ? '' : pair.slice(cut + 1))];
  });
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    if (decoded.includes('\u0000')) throw new URIError('NUL');
    return decoded;
  } catch {
    throw badRequest('The query string is not percent-encoded UTF-8 text.');
  }
}

/** Takes one option by its name with or without `$`; other names without `$` are a client's own and ignored. */
function add(options: Map<string, string>, given: string, value: string): void {
  const name = given.replace(/^\$/, '').toLowerCase();
  if (!known.has(name)) {
    if (given.startsWith('$') && !passed.has(name))
      throw badRequest(`Query option '${given}' is not supported.`, given);
    return;
  }
  if (options.has(name)) throw badRequest(`Query option '$${name}' must be given only once.`, `$${name}`);
  options.set(name, value);
}

interface Bounds {
  readonly depth: number;
  readonly expands: { count: number };
}

function readOptions(options: Options, bounds: Bounds): Query {
  const given = (name: string) => {
    const value = options.get(name);
    return value === undefined || value.trim() === '' ? null : value;
  };
  const select = given('select');
  const expand = given('expand');
  const filter = given('filter');
  const orderby = given('orderby');
  const search = given('search');
  if (options.has('filter') && filter === null) throw badRequest('$filter is empty.', '$filter');
  return {
    select: select === null ? null : parseOption('Select', select, '$select'),
    expand: expand === null ? [] : expansions(parseOption('Expand', expand, '$expand'), bounds),
    filter: filter === null ? null : parseOption('Filter', filter, '$filter'),
    orderby: orderby === null ? [] : orderTerms(parseOption('OrderBy', orderby, '$orderby')),
    search: search === null ? null : parseOption('Search', search, '$search'),
    top: wholeNumber(options, 'top', 1, largestPage),
    skip: wholeNumber(options, 'skip', 0, 1_000_000_000) ?? 0,
    skiptoken: given('skiptoken'),
    count: truth(options, 'count'),
  };
}

function orderTerms(terms: readonly OrderTerm[]): readonly OrderTerm[] {
  if (terms.length > mostOrderTerms) throw badRequest(`$orderby has more than ${mostOrderTerms} terms.`, '$orderby');
  return terms;
}

function expansions(terms: readonly ExpandTerm[], bounds: Bounds): readonly Expansion[] {
  if (bounds.depth >= deepestExpand) throw badRequest(`$expand is nested deeper than ${deepestExpand}.`, '$expand');
  bounds.expands.count += terms.length;
  if (bounds.expands.count > mostExpands) throw badRequest(`More than ${mostExpands} expansions.`, '$expand');
  return terms.map((term) => {
    const options = new Map<string, string>();
    let levels = 1;
    for (const { name, text } of term.options) {
      if (/^\$?levels$/i.test(name)) levels = levelsOf(text.trim());
      else if (/^\$?skiptoken$/i.test(name)) throw badRequest('$skiptoken does not go into $expand.', '$expand');
      else add(options, name.startsWith('$') ? name : `$${name}`, text.trim());
    }
    return { ...readOptions(options, { ...bounds, depth: bounds.depth + 1 }), levels, ...pick(term) };
  });
}

function pick(term: ExpandTerm) {
  return { segments: term.segments, ref: term.ref };
}

function levelsOf(text: string): number {
  if (text === 'max') return maxLevels;
  const levels = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (levels < 1 || levels > mostLevels) throw badRequest(`$levels must be max or 1 to ${mostLevels}.`, '$levels');
  return Math.min(levels, maxLevels);
}

function wholeNumber(options: Options, name: string, least: number, most: number): number | null {
  const value = options.get(name);
  if (value === undefined) return null;
  const number = /^\d{1,10}$/.test(value.trim()) ? Number(value) : -1;
  if (number < least || number > most) {
    throw badRequest(`$${name} must be a whole number from ${least} to ${most}, not '${cut(value)}'.`, `$${name}`);
  }
  return number;
}

function truth(options: Options, name: string): boolean {
  const value = options.get(name)?.trim().toLowerCase();
  if (value === undefined || value === 'false') return false;
  if (value !== 'true') throw badRequest(`$${name} must be true or false, not '${cut(value)}'.`, `$${name}`);
  return true;
}

function cut(text: string): string {
  return text.slice(0, 64);
}

/** The query text that asks for the rest of the same list: all options as they came, with another `$skiptoken`. */
export function continued(text: string, token: string): string {
  const kept = text.split('&').filter((pair) => pair !== '' && !/^(?:\$|%24)?skip(?:token)?(?:=|$)/i.test(pair));
  // What a batch carries need not be encoded; a link must be.
  const encoded = kept.map((pair) => pair.replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, encodeURIComponent));
  return [...encoded, `$skiptoken=${encodeURIComponent(token)}`].join('&');
}
