import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** The text files of a repository, by their path from its root; pictures without their content. */
export type House = ReadonlyMap<string, string>;

const neverOurs = new Set(['node_modules', '.git', '.sallyport', 'dist', 'coverage']);
const text = /\.(tsx?|mjs|json|jsonc|sql|md)$/;

/** Reads the repository's text files. */
export function readHouse(root: string): House {
  const house = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (neverOurs.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (text.test(entry.name)) house.set(path, readFileSync(join(root, path), 'utf8'));
      // What documents show is there, too, though there is nothing to read in it.
      else if (entry.name.endsWith('.png')) house.set(path, '');
    }
  };
  walk('');
  return house;
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/');
}

/** The TypeScript files of the product itself. */
export function productFiles(house: House): string[] {
  return typescriptFiles(house).filter((path) => path.startsWith('src/') && !isTest(path));
}

/** All TypeScript files that people write. */
export function typescriptFiles(house: House): string[] {
  return [...house.keys()].filter((path) => /\.tsx?$/.test(path) && !path.includes('.generated.'));
}

/** Walks all nodes of a file; `say` notes a problem at a node. */
export function findInFile(
  house: House,
  path: string,
  visit: (node: ts.Node, say: (problem: string) => void) => void,
): string[] {
  const file = parsed(path, house.get(path) ?? '');
  const problems: string[] = [];
  const walk = (node: ts.Node): void => {
    visit(node, (problem) => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      problems.push(`${path}:${line + 1}: ${problem}`);
    });
    ts.forEachChild(node, walk);
  };
  walk(file);
  return problems;
}

const trees = new Map<string, ts.SourceFile>();

/** The syntax tree of a file; each check walks it anew, none parses it again. */
export function parsed(path: string, code: string): ts.SourceFile {
  const known = trees.get(path);
  if (known?.text === code) return known;
  const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  trees.set(path, tree);
  return tree;
}

/** The name that is called: `selectFrom` of `db.selectFrom(…)`, `Date` of `new Date()`. */
export function calledName(node: ts.CallExpression | ts.NewExpression): string {
  const called = node.expression;
  return ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
}

/** The SQL written at this node (a `sql` template, or what `sql.raw` is given), holes as `?`; null if it is none. */
export function sqlText(node: ts.Node): string | null {
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') return templateText(node.template);
  if (ts.isCallExpression(node) && node.expression.getText() === 'sql.raw') {
    const [given] = node.arguments;
    if (given !== undefined && (ts.isStringLiteralLike(given) || ts.isTemplateExpression(given))) {
      return ts.isStringLiteralLike(given) ? given.text : templateText(given);
    }
  }
  return null;
}

function templateText(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.head.text + template.templateSpans.map((span) => `?${span.literal.text}`).join('');
}
