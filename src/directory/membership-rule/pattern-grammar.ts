import peggy from 'peggy';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { complement, digits, folded, merged, notLineFeed, spaces, wordCharacters } from './code-ranges.ts';
import { type CodeRange, type Edge, edgesOn, type Pattern, sizeOf } from './pattern.ts';
import { compilationError, patternNotSupported } from './refusals.ts';

type WrittenRange = { readonly first: number; readonly last: number } | { readonly named: string };

type Written =
  | { readonly is: 'set'; readonly negated: boolean; readonly ranges: readonly WrittenRange[]; readonly at: number }
  | { readonly is: 'sequence'; readonly items: readonly Written[] }
  | { readonly is: 'choice'; readonly branches: readonly Written[] }
  | {
      readonly is: 'repeat';
      readonly item: Written;
      readonly least: number;
      readonly most: number | null;
      readonly at: number;
    }
  | { readonly is: 'edge'; readonly edge: Edge };

const grammar = String.raw`
{{
  const one = (code) => ({ first: code, last: code });
}}

Choice = head:Sequence tail:("|" @Sequence)* {
  return tail.length === 0 ? head : { is: 'choice', branches: [head, ...tail] };
}

Sequence = items:Repetition* { return items.length === 1 ? items[0] : { is: 'sequence', items }; }

Repetition
  = Edge
  / item:Atom times:Times? {
      return times === null ? item : { is: 'repeat', item, ...times, at: offset() };
    }

Edge
  = "^" !Times { return { is: 'edge', edge: 'start' }; }
  / "$" !Times { return { is: 'edge', edge: 'end' }; }
  / "\\b" !Times { return { is: 'edge', edge: 'word' }; }
  / "\\B" !Times { return { is: 'edge', edge: 'notWord' }; }

Times "a repetition" = @Range "?"? !"+"
Range
  = "*" { return { least: 0, most: null }; }
  / "+" { return { least: 1, most: null }; }
  / "?" { return { least: 0, most: 1 }; }
  / "{" least:Number most:("," @Number?)? "}" {
      return { least, most: most === null ? (text().includes(',') ? null : least) : most };
    }

Number = $[0-9]|1..4| { return Number(text()); }

Atom
  = Group
  / "." { return { is: 'set', negated: false, ranges: [{ named: '.' }], at: offset() }; }
  / Class
  / "\\" "k" { options.unsupported('a named back reference', offset()); }
  / "\\" [1-9] { options.unsupported('a back reference', offset()); }
  / range:Escape { return { is: 'set', negated: false, ranges: [range], at: offset() }; }
  / "\\" . { options.unsupported('the escape ' + text(), offset()); }
  / character:[^\\^$.|?*+()[{]u {
      return { is: 'set', negated: false, ranges: [one(character.codePointAt(0))], at: offset() };
    }

Group
  = "(?:" @Choice ")"
  / "(?" [^:] { options.unsupported('a group that begins with ' + text(), offset()); }
  / "(" @Choice ")"

Class = "[" negated:"^"? ranges:ClassItem+ "]" {
  return { is: 'set', negated: negated !== null, ranges, at: offset() };
}

ClassItem
  = first:ClassCharacter "-" last:ClassCharacter { return { first, last }; }
  / code:ClassCharacter { return one(code); }
  / Escape

ClassCharacter "a character" = character:[^\\\]\[]u { return character.codePointAt(0); } / CharacterEscape

Escape = named:$("\\" [dDwWsS]) { return { named }; } / code:CharacterEscape { return one(code); }

CharacterEscape "an escaped character"
  = "\\t" { return 9; }
  / "\\n" { return 10; }
  / "\\v" { return 11; }
  / "\\f" { return 12; }
  / "\\r" { return 13; }
  / "\\x" hex:$Hex|2| { return parseInt(hex, 16); }
  / "\\u" hex:$Hex|4| { return parseInt(hex, 16); }
  / "\\" character:[^A-Za-z0-9]u { return character.codePointAt(0); }

Hex = [0-9A-Fa-f]
`;

const parser = peggy.generate(grammar);

/* Within these bounds PostgreSQL takes every pattern, and compiles it in well under a second. */
const largest = 300;
const mostEdges = 4;
const deepest = 16;
/** PostgreSQL takes no higher count. */
const mostTimes = 255;

/** What an unsupported place in a pattern looks like; caught within this file. */
class Unsupported extends Error {
  readonly at: number;

  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

/**
 * Reads a regular expression. Takes its text as the rule's string gives it, and where the string begins in the rule.
 * Refuses what is malformed, and separately what is outside the subset or would cost too much.
 */
export function readPattern(text: string, start: number): Outcome<Pattern> {
  if (nestingOf(text) > deepest) {
    return patternNotSupported(`groups are nested more than ${deepest} deep; flatten "${text}"`, start);
  }
  try {
    const written: Written = parser.parse(text, { unsupported });
    const pattern = supported(written);
    const what = tooMuch(pattern);
    return what === null ? accept(pattern) : patternNotSupported(`${what} in "${text}"`, start);
  } catch (error) {
    if (error instanceof Unsupported) {
      return patternNotSupported(`${error.message} in "${text}" (its character ${error.at + 1})`, start);
    }
    if (!(error instanceof parser.SyntaxError)) throw error;
    const place = error.location.start.offset + 1;
    return compilationError(`"${text}" is not a regular expression, at its character ${place}`, start);
  }
}

function tooMuch(pattern: Pattern): string | null {
  if (sizeOf(pattern) > largest) return `more than ${largest} steps, all repetitions written out,`;
  return edgesOn(pattern) > mostEdges ? `^, $, \\b or \\B repeated, or more than ${mostEdges} in a row,` : null;
}

function unsupported(what: string, at: number): never {
  throw new Unsupported(`${what} is not evaluated`, at);
}

function nestingOf(text: string): number {
  let depth = 0;
  let greatest = 0;
  for (const [token] of text.matchAll(/\\.|[()]/gs)) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    greatest = Math.max(greatest, depth);
  }
  return greatest;
}

function supported(written: Written): Pattern {
  switch (written.is) {
    case 'edge':
      return written;
    case 'sequence':
      return { is: 'sequence', items: written.items.map(supported) };
    case 'choice':
      return { is: 'choice', branches: written.branches.map(supported) };
    case 'repeat':
      return repeated(written);
    case 'set':
      return { is: 'set', ranges: setOf(written) };
  }
}

function repeated(written: Extract<Written, { is: 'repeat' }>): Pattern {
  const { item, least, most, at } = written;
  if (most !== null && most < least) throw new Unsupported('a repetition with its counts reversed', at);
  if (Math.max(least, most ?? 0) > mostTimes) throw new Unsupported(`a repetition over ${mostTimes} times`, at);
  return { is: 'repeat', item: supported(item), least, most };
}

function setOf(written: Extract<Written, { is: 'set' }>): readonly CodeRange[] {
  const ranges = folded(merged(written.ranges.flatMap((range) => rangesOf(range, written.at))));
  const result = written.negated ? complement(ranges) : ranges;
  if (result.length === 0) throw new Unsupported('a class that no character is in', written.at);
  return result;
}

function rangesOf(range: WrittenRange, at: number): readonly CodeRange[] {
  if ('named' in range) return named[range.named] ?? [];
  if (range.last < range.first) throw new Unsupported('a range with its ends reversed', at);
  if (range.first === 0 || [range.first, range.last].some(isSurrogate)) {
    throw new Unsupported('a character that no text may have', at);
  }
  return [[range.first, range.last]];
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

const named: Readonly<Record<string, readonly CodeRange[]>> = {
  '.': notLineFeed,
  '\\d': digits,
  '\\D': complement(digits),
  '\\w': wordCharacters,
  '\\W': complement(wordCharacters),
  '\\s': spaces,
  '\\S': complement(spaces),
};
