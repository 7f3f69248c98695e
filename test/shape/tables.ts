import ts from 'typescript';
import type { Check } from './code.ts';
import { calledName, findInFile, type House, productFiles, sqlText } from './house.ts';

const created = /\bcreate\s+(?:table|(?:materialized\s+)?view)\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?/gi;
const namedInSql = /\b(?:from|join|into|update|using|truncate|table|only)\s+"?(\w+)"?/gi;
const builders =
  /^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|replaceInto|using|from|table|\w*[jJ]oin\w*)$/;

/** Rule 3: a table is named by one capability alone; the platform's own, which is none, are read by the audit too. */
export const oneCapabilityPerTable: Check = (house) => {
  const tables = tablesOf(house);
  const namedBy = new Map<string, Map<string, string>>();
  for (const path of productFiles(house)) {
    const capability = path.split('/')[1] ?? '';
    if (capability.endsWith('.ts') || capability === 'platform' || capability === 'graph') continue;
    for (const { table, at } of namesIn(house, path, tables)) {
      const places = namedBy.get(table) ?? new Map<string, string>();
      if (!places.has(capability)) places.set(capability, at);
      namedBy.set(table, places);
    }
  }
  return [...namedBy]
    .filter(([, places]) => places.size > 1)
    .map(([table, places]) => `${table} is named by ${[...places.values()].sort().join(' and ')}`);
};

function tablesOf(house: House): ReadonlySet<string> {
  const migrations = [...house].filter(([path]) => path.startsWith('migrations/') && path.endsWith('.sql'));
  return new Set(
    migrations.flatMap(([, text]) => [...text.matchAll(created)].map(([, name = '']) => name.toLowerCase())),
  );
}

/** The tables that a file names: in SQL, in the query builder, and as keys of an interface `…Tables`. */
function namesIn(house: House, path: string, tables: ReadonlySet<string>): { table: string; at: string }[] {
  const found: { table: string; at: string }[] = [];
  findInFile(house, path, (node) => {
    for (const name of namesAt(node)) {
      const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (tables.has(name)) found.push({ table: name, at: `${path}:${line}` });
    }
  });
  return found;
}

function namesAt(node: ts.Node): string[] {
  const sql = sqlText(node)?.trim().toLowerCase();
  if (sql !== undefined)
    return [sql.replaceAll('"', ''), ...[...sql.matchAll(namedInSql)].map(([, name = '']) => name)];
  if (ts.isCallExpression(node) && builders.test(calledName(node))) return node.arguments.flatMap(tableArguments);
  const isTables = (name: string): boolean => name.endsWith('Tables');
  if (ts.isInterfaceDeclaration(node) && isTables(node.name.text)) return memberNames(node.members);
  if (ts.isTypeAliasDeclaration(node) && isTables(node.name.text) && ts.isTypeLiteralNode(node.type)) {
    return memberNames(node.type.members);
  }
  return [];
}

/** `'grant'`, `'grant as g'`, `['grant', 'account']`. */
function tableArguments(given: ts.Expression): string[] {
  if (ts.isArrayLiteralExpression(given)) return given.elements.flatMap(tableArguments);
  return ts.isStringLiteralLike(given) ? [given.text.split(/\s/)[0] ?? ''] : [];
}

function memberNames(members: ts.NodeArray<ts.TypeElement>): string[] {
  return members.flatMap(({ name }) =>
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? [name.text] : [],
  );
}
