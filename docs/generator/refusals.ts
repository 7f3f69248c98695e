import ts from 'typescript';
import { statusOf } from '../../src/graph/errors.ts';
import type { RefusalKind } from '../../src/kernel/outcome.ts';
import type { House } from '../../test/shape/house.ts';
import { eachNode, type Flow, isCallOf, propertyOf, unknown } from './flow.ts';
import { meanings, transportMeanings } from './meanings.ts';
import { document, table } from './page.ts';

/** A code that a client can meet, with every status it comes with. */
export interface Code {
  readonly code: string;
  readonly statuses: readonly number[];
  /** Folders of `src/` that say it. */
  readonly from: readonly string[];
}

/** Where `refuse` and its types are declared: what stands there is nobody's refusal yet. */
const declarations = new Set(['src/kernel/outcome.ts']);
/** Passes on what entity sets declare as `notFound`, which is collected there. */
const passesOn = new Set(['src/graph/errors.ts']);

/** All codes of refusals in the product's code, sorted; `unread` lists places whose code cannot be told. */
export function findCodes(flow: Flow): { codes: Code[]; unread: string[] } {
  const statuses = new Map<string, Set<number>>();
  const folders = new Map<string, Set<string>>();
  const unread: string[] = [];
  const note = (at: ts.Node, kind: string, code: string): void => {
    const path = at.getSourceFile().fileName;
    if (code === unknown || !(kind in statusOf)) {
      if (!passesOn.has(path)) unread.push(`${path}: ${at.getText().slice(0, 80)}`);
      return;
    }
    add(statuses, code, statusOf[kind as RefusalKind]);
  };
  for (const file of flow.files) {
    eachNode(file, (node) => {
      if (ts.isStringLiteral(node)) add(folders, node.text, folderOf(file.fileName));
      if (declarations.has(file.fileName)) return;
      for (const [kind = unknown, code = unknown] of refusedAt(flow, node)) note(node, kind, code);
    });
  }
  for (const [code, { status }] of Object.entries(transportMeanings)) add(statuses, code, status);
  const codes = [...statuses].map(([code, found]) => ({
    code,
    statuses: [...found].sort(),
    from: [...(folders.get(code) ?? [])].sort(),
  }));
  return { codes: codes.sort((a, b) => (a.code < b.code ? -1 : 1)), unread };
}

/** Kind and code of what a node refuses: `refuse(kind, code, …)` or `refuseNow(…)`, `{ kind, code, message }`, `notFound: code`. */
function refusedAt(flow: Flow, node: ts.Node): string[][] {
  if ((isCallOf(node, 'refuse') || isCallOf(node, 'refuseNow')) && ts.isIdentifier(node.expression)) {
    const [kind, code] = node.arguments;
    return kind !== undefined && code !== undefined ? flow.texts(kind, code) : [];
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  const [kind] = propertyOf(node, 'kind');
  const [code] = propertyOf(node, 'code');
  const isRefusal = propertyOf(node, 'message').length > 0;
  if (kind !== undefined && code !== undefined && isRefusal) return flow.texts(kind, code);
  return propertyOf(node, 'notFound').flatMap((notFound) => flow.texts(notFound).map((one) => ['absent', ...one]));
}

/** Codes that the transport itself answers with: `{ code, message }` without a kind, or `problem(status, code, …)`. */
export function findTransportCodes(flow: Flow): string[] {
  const found = new Set<string>();
  for (const file of flow.files.filter(({ fileName }) => /^src\/(graph|platform|rehearsal)\//.test(fileName))) {
    eachNode(file, (node) => {
      if (!ts.isObjectLiteralExpression(node)) return;
      const [code] = propertyOf(node, 'code');
      const isRefusal = propertyOf(node, 'kind').length > 0 || propertyOf(node, 'message').length === 0;
      if (code === undefined || isRefusal) return;
      for (const [text = unknown] of flow.texts(code)) if (text !== unknown) found.add(text);
    });
  }
  return [...found].sort();
}

/** Codes that no test file names as a text of its own. */
export function untested(codes: readonly Code[], house: House): string[] {
  const tests = [...house].filter(([path]) => /^(src\/.*\.test\.ts|test\/.*\.ts)$/.test(path)).map(([, text]) => text);
  return codes.map(({ code }) => code).filter((code) => !tests.some((text) => text.includes(`'${code}'`)));
}

/** `docs/reference/refusals.md`. */
export function refusalsPage(flow: Flow): string {
  const { codes } = findCodes(flow);
  const rows = codes.map(({ code, statuses, from }) => [
    `\`${code}\``,
    statuses.join(', '),
    from.join(', '),
    meanings[code] ?? transportMeanings[code]?.meaning ?? '',
  ]);
  return document(
    'Refusals',
    'Every code that the API answers with in the error envelope (`error.code`), the HTTP status that it comes with, and' +
      ' which part of `src/` says it. Only code and status are contract: the message tells what is wrong in the case' +
      ' at hand, `error.target` which property is at fault. An authenticated caller that is refused by a rule or for' +
      ' want of a permission leaves an event with the result `failure` in the audit log.',
    table(['code', 'status', 'from', 'what it means, and what to do'], rows),
  );
}

function folderOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? path;
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
