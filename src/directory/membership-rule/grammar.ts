import peggy from 'peggy';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { compilationError } from './refusals.ts';
import type { Span } from './rule.ts';

/** A word as written, and where. */
export interface Written {
  readonly text: string;
  readonly at: Span;
}

export type WrittenValue =
  | { readonly is: 'quoted'; readonly text: string; readonly at: Span }
  | { readonly is: 'bare'; readonly text: string; readonly at: Span }
  | { readonly is: 'now'; readonly plus: Written | null; readonly at: Span }
  | { readonly is: 'list'; readonly items: readonly WrittenValue[]; readonly at: Span };

/** What the text says, not yet checked against the attributes. */
export type Syntax =
  | { readonly is: 'and' | 'or'; readonly operands: readonly Syntax[]; readonly at: Span }
  | { readonly is: 'not'; readonly operand: Syntax; readonly at: Span }
  | {
      readonly is: 'comparison';
      readonly subject: Written;
      readonly operator: Written;
      readonly value: WrittenValue;
      readonly at: Span;
    }
  | {
      readonly is: 'quantified';
      readonly subject: Written;
      readonly quantifier: 'any' | 'all';
      readonly condition: Syntax;
      readonly at: Span;
    }
  | { readonly is: 'directReports'; readonly manager: WrittenValue; readonly at: Span };

/*
 * Each choice is decided by what stands next, so nothing is read twice and the time is linear.
 * A quote outside a string always begins one: the depth check before the parser relies on it.
 */
const grammar = String.raw`
{{
  const joined = (is, head, tail, at) => (tail.length === 0 ? head : { is, operands: [head, ...tail], at });
}}
{
  const at = () => { const { start, end } = range(); return { start, end }; };
}

Rule = _ @Or _

Or = head:And tail:(_ OrWord _ @And)* { return joined('or', head, tail, at()); }

And = head:Unary tail:(_ AndWord _ @Unary)* { return joined('and', head, tail, at()); }

Unary = nots:(@Not _)* operand:Primary {
  const { end } = at();
  return nots.reduceRight((inner, start) => ({ is: 'not', operand: inner, at: { start, end } }), operand);
}

Not = NotWord { return offset(); }

Primary = Group / DirectReports / Test

Group = "(" _ @Or _ ")"

DirectReports = "direct"i !NameCharacter _ "reports"i !NameCharacter _ "for"i !NameCharacter _ manager:Quoted {
  return { is: 'directReports', manager, at: at() };
}

Test = subject:Subject _ rest:(Quantification / Relation) { return { ...rest, subject, at: at() }; }

Quantification = quantifier:Quantifier _ condition:(Group / !"(" @Or) {
  return { is: 'quantified', quantifier, condition };
}

Relation = operator:Operator _ value:Value { return { is: 'comparison', operator, value }; }

Subject "a property such as user.department"
  = !(NotWord / AndWord / OrWord) $(Name ("." Name)*) { return { text: text(), at: at() }; }

Operator "an operator"
  = Dash? !(AndLetters / OrLetters) Name { return { text: text().replace(/^[-\u2013]/, ''), at: at() }; }

Quantifier "-any or -all" = Dash? word:("any"i / "all"i) !NameCharacter { return word.toLowerCase(); }

Value "a value" = Quoted / List / Now / Bare

List = "[" _ head:Item tail:(_ "," _ @Item)* _ "]" { return { is: 'list', items: [head, ...tail], at: at() }; }

Item = Quoted / Bare

Quoted "a quoted string"
  = '\x60"' inner:$(!'\x60"' .)* '\x60"' { return { is: 'quoted', text: '"' + inner + '"', at: at() }; }
  / '"' characters:('\x60"' { return '"'; } / "''" { return "'"; } / [^"])* '"' {
      return { is: 'quoted', text: characters.join(''), at: at() };
    }
  / "'" characters:("''" { return "'"; } / [^'])* "'" {
      return { is: 'quoted', text: characters.join(''), at: at() };
    }

Now = "system.now"i !BareCharacter plus:(_ Dash? "plus"i !NameCharacter _ @Word)? {
  return { is: 'now', plus, at: at() };
}

Bare = word:Word { return { is: 'bare', ...word }; }

Word = $BareCharacter+ { return { text: text(), at: at() }; }

BareCharacter = [^ \t\n\r\v\f\u00a0()[\]"'\x60,]

AndWord "-and" = Dash? AndLetters
OrWord "-or" = Dash? OrLetters
NotWord "-not" = Dash? "not"i !NameCharacter
AndLetters = "and"i !NameCharacter
OrLetters = "or"i !NameCharacter
Dash = [-\u2013]
Name = [A-Za-z_] NameCharacter*
NameCharacter = [A-Za-z0-9_]
_ "white space" = [ \t\n\r\v\f\u00a0]*
`;

const parser = peggy.generate(grammar);

const longest = 3072;
const deepest = 32;

const quotedOrParenthesis = /`"[\s\S]*?`"|"(?:`"|[^"])*"|'[^']*'|[()]/g;

/** Reads a rule's text by its grammar alone. Refuses what is too long, too deep, or not a rule. */
export function readSyntax(text: string): Outcome<Syntax> {
  if (text.length > longest) {
    return compilationError(`The rule has ${text.length} characters; at most ${longest} are allowed.`, longest);
  }
  const unwritable = /\0/.exec(text)?.index ?? (text.isWellFormed() ? undefined : text.search(/\p{Surrogate}/u));
  if (unwritable !== undefined) return compilationError('The rule has a character that no text may have', unwritable);
  if (text.trim() === '')
    return compilationError('The rule is empty; write a condition such as user.city -eq "Oslo"', 0);
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== null) {
    return compilationError(`Parentheses are nested more than ${deepest} deep; flatten the rule`, tooDeep);
  }
  return parse(text);
}

function parse(text: string): Outcome<Syntax> {
  try {
    const syntax: Syntax = parser.parse(text);
    return accept(syntax);
  } catch (error) {
    if (!(error instanceof parser.SyntaxError)) throw error;
    return compilationError(error.message.replace(/\.$/, ''), error.location.start.offset);
  }
}

function firstTooDeep(text: string): number | null {
  let depth = 0;
  for (const token of text.matchAll(quotedOrParenthesis)) {
    if (token[0] === ')') depth -= 1;
    else if (token[0] === '(') depth += 1;
    if (depth > deepest) return token.index;
  }
  return null;
}
