/** Code points from first to last, both included. */
export type CodeRange = readonly [first: number, last: number];

/**
 * A regular expression in the subset that Sallyport evaluates: a regular language over case-folded text, with no
 * back references and no look-around. So whether it matches does not depend on greed, on branch order or on the engine.
 */
export type Pattern =
  | { readonly is: 'set'; readonly ranges: readonly CodeRange[] }
  | { readonly is: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly is: 'choice'; readonly branches: readonly Pattern[] }
  | { readonly is: 'repeat'; readonly item: Pattern; readonly least: number; readonly most: number | null }
  | { readonly is: 'edge'; readonly edge: Edge };

/** A place between two characters: start or end of the text, at or not at the edge of a word. */
export type Edge = 'start' | 'end' | 'word' | 'notWord';

/** How many steps the pattern takes when every repetition is written out, which bounds the cost in both engines. */
export function sizeOf(pattern: Pattern): number {
  switch (pattern.is) {
    case 'set':
    case 'edge':
      return 1;
    case 'sequence':
      return pattern.items.reduce((sum, item) => sum + sizeOf(item), 1);
    case 'choice':
      return pattern.branches.reduce((sum, branch) => sum + sizeOf(branch), 1);
    case 'repeat':
      return 1 + sizeOf(pattern.item) * (pattern.most ?? pattern.least + 1);
  }
}

/** The most edges that one match can have to pass; infinite if an edge stands within a repetition. */
export function edgesOn(pattern: Pattern): number {
  switch (pattern.is) {
    case 'set':
      return 0;
    case 'edge':
      return 1;
    case 'sequence':
      return pattern.items.reduce((sum, item) => sum + edgesOn(item), 0);
    case 'choice':
      return pattern.branches.reduce((most, branch) => Math.max(most, edgesOn(branch)), 0);
    case 'repeat': {
      const edges = edgesOn(pattern.item);
      return edges === 0 || pattern.most === 1 ? edges : Number.POSITIVE_INFINITY;
    }
  }
}

/**
 * Writes the pattern as PostgreSQL's "advanced regular expression", every character but letters and digits as a
 * code-point escape, so that nothing in it can have a meaning of its own. To be matched under collation "C".
 */
export function postgresPattern(pattern: Pattern): string {
  switch (pattern.is) {
    case 'set':
      return postgresSet(pattern.ranges);
    case 'sequence':
      return `(?:${pattern.items.map(postgresPattern).join('')})`;
    case 'choice':
      return `(?:${pattern.branches.map(postgresPattern).join('|')})`;
    case 'repeat':
      return `(?:${postgresPattern(pattern.item)})${times(pattern.least, pattern.most)}`;
    case 'edge':
      return postgresEdges[pattern.edge];
  }
}

const postgresEdges: Readonly<Record<Edge, string>> = { start: '^', end: '$', word: '\\y', notWord: '\\Y' };

function times(least: number, most: number | null): string {
  if (most === null && least < 2) return least === 0 ? '*' : '+';
  return most === null ? `{${least},}` : `{${least},${most}}`;
}

function postgresSet(ranges: readonly CodeRange[]): string {
  const [only] = ranges;
  if (only !== undefined && ranges.length === 1 && only[0] === only[1]) return postgresCharacter(only[0]);
  return `[${ranges.map(postgresRange).join('')}]`;
}

function postgresRange([first, last]: CodeRange): string {
  return first === last ? postgresCharacter(first) : `${postgresCharacter(first)}-${postgresCharacter(last)}`;
}

function postgresCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[a-z0-9]/.test(character)) return character;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
