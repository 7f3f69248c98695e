import ts from 'typescript';
import type { House } from '../../test/shape/house.ts';

/** A test whose name says which rules or pains it is about. */
export interface Proof {
  readonly path: string;
  /** Its name without the tags, after the names of what it stands in. */
  readonly title: string;
  /** As `§5.14` or `pain 38`. */
  readonly tags: readonly string[];
}

const callers = new Set(['test', 'it', 'describe']);
const tag = /§\d+\.\d+|pain \d+b?/g;

/** All tests and groups of tests whose name carries a tag, by file and place. */
export function proofsIn(house: House): Proof[] {
  return [...house]
    .filter(([path, text]) => path.endsWith('.test.ts') && /§\d|pain \d/.test(text))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => proofsOf(path, text));
}

function proofsOf(path: string, text: string): Proof[] {
  const found: Proof[] = [];
  const walk = (node: ts.Node): void => {
    const title = titleOf(node);
    const tags = title?.match(tag) ?? [];
    if (title !== undefined && tags.length > 0) found.push({ path, title: plain(title), tags: [...new Set(tags)] });
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}

/** The first argument of `test(…)`, `it.each(…)(…)`, `describe.each(…)(…)` and the like, where it is a text. */
function titleOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (first === undefined || !callers.has(rootOf(node.expression))) return undefined;
  return ts.isStringLiteralLike(first) ? first.text : undefined;
}

function rootOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return rootOf(expression.expression);
  return '';
}

function plain(title: string): string {
  return title
    .replaceAll(tag, '')
    .replace(/\(\s*\)/g, '')
    .replace(/^[\s:,]+|[\s,]+$/g, '')
    .replace(/\s+/g, ' ');
}
