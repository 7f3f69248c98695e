/**
 * Letters of Unicode 17, which the database's tables (Unicode 16 in PostgreSQL 18) do not know yet. Folding them
 * in one place only would make a rule answer differently in memory and in SQL.
 */
const newerLetters = /[\uA7CE\uA7D2\uA7D4\u{16EA0}-\u{16EB8}]/u;

/**
 * Folds case for comparison: every code point on its own to its simple lower case, in no language.
 * INVARIANT: equals PostgreSQL's `lower(text COLLATE "pg_c_utf8")` for every code point; a test tries them all.
 * So `İ` is `i`, `ẞ` is `ß` but never `ss`, and a final `ς` is not `σ`.
 */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** Code points that are folded away, with what they become; built when first asked for. */
export function foldings(): readonly (readonly [from: number, to: number])[] {
  known ??= allFoldings();
  return known;
}

let known: readonly (readonly [number, number])[] | undefined;

function allFoldings(): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  // No cased letters lie above the second plane's first half.
  for (let code = 0x41; code < 0x1f000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const folded = foldCharacter(String.fromCodePoint(code)).codePointAt(0) ?? code;
    if (folded !== code) found.push([code, folded]);
  }
  return found;
}

function foldCharacter(character: string): string {
  if (character === '\u0130') return 'i';
  return newerLetters.test(character) ? character : character.toLowerCase();
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
