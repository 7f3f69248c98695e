import ts from 'typescript';
import { calledName, findInFile, type House, productFiles, sqlText, typescriptFiles } from './house.ts';

/** Looks for one kind of breach in a house; gives `path:line: what`, sorted by file. */
export type Check = (house: House) => string[];

const clocks = new Set(['Date.now', 'Temporal.Now', 'performance.now', 'process.hrtime', 'performance.timeOrigin']);
const clockReaders = new Set(['src/kernel/time.ts', 'src/platform/clock.ts']);

/** Rule 4: one place reads the machine's clock, so that one place can move it. */
export const noClockElsewhere: Check = (house) =>
  productFiles(house)
    .filter((path) => !clockReaders.has(path))
    .flatMap((path) =>
      findInFile(house, path, (node, say) => {
        if (ts.isPropertyAccessExpression(node) && clocks.has(node.getText())) say(`reads ${node.getText()}`);
        const makesDate = ts.isNewExpression(node) || ts.isCallExpression(node);
        if (makesDate && node.expression.getText() === 'Date' && !node.arguments?.length)
          say('reads the clock by Date');
      }),
    );

const sqlClock =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\b(current_(timestamp|date|time)|localtime(stamp)?)\b/i;

/** Rule 4: SQL is told what time it is. */
export const noClockInSql: Check = (house) => [
  ...productFiles(house).flatMap((path) =>
    findInFile(house, path, (node, say) => {
      const clock = sqlClock.exec(sqlText(node) ?? '');
      if (clock !== null) say(`SQL calls ${clock[0]}`);
      if (ts.isCallExpression(node) && calledName(node) === 'fn') {
        const [name] = node.arguments;
        if (name !== undefined && ts.isStringLiteralLike(name) && sqlClock.test(`${name.text}(`))
          say(`SQL calls ${name.text}`);
      }
    }),
  ),
  ...[...house]
    .filter(([path]) => path.endsWith('.sql'))
    .flatMap(([path, text]) => {
      const clock = sqlClock.exec(text.replace(/--.*$/gm, ''));
      return clock === null ? [] : [`${path}: SQL calls ${clock[0]}`];
    }),
];

/** Rule 7: a name says what it is wherever it is imported. (Files of tools in the root may need a default export.) */
export const noDefaultExport: Check = (house) =>
  typescriptFiles(house)
    .filter((path) => path.includes('/'))
    .flatMap((path) =>
      findInFile(house, path, (node, say) => {
        const isDefault =
          ts.canHaveModifiers(node) && node.modifiers?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword);
        const renamed = ts.isExportSpecifier(node) && node.name.text === 'default';
        if (isDefault || renamed || ts.isExportAssignment(node)) say('default export');
      }),
    );

/** Rule 7: a face names what it shows. */
export const noCatchAllExport: Check = (house) =>
  typescriptFiles(house).flatMap((path) =>
    findInFile(house, path, (node, say) => {
      if (!ts.isExportDeclaration(node)) return;
      if (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause)) say('export *');
    }),
  );

/** `any` turns the types off, and so does a comment that hushes them. */
export const noAny: Check = (house) =>
  typescriptFiles(house).flatMap((path) => [
    ...findInFile(house, path, (node, say) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) say('any');
    }),
    ...(/^\s*(\/\/|\/?\*)\s*@ts-(ignore|nocheck)/m.test(house.get(path) ?? '') ? [`${path}: hushes the compiler`] : []),
  ]);

const left = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails']);
const runners = new Set(['test', 'it', 'describe', 'suite', 'bench']);

/** A test that does not run is no test. */
export const noSkippedTest: Check = (house) =>
  typescriptFiles(house)
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) =>
      findInFile(house, path, (node, say) => {
        if (!ts.isPropertyAccessExpression(node) || !left.has(node.name.text)) return;
        const root = node.expression.getText().split(/[.(]/)[0] ?? '';
        if (runners.has(root)) say(node.getText());
      }),
    );

const mostLines = 400;

/** A file is read in one go. */
export const noLongFile: Check = (house) =>
  typescriptFiles(house).flatMap((path) => {
    const lines = (house.get(path) ?? '').trimEnd().split('\n').length;
    return lines > mostLines ? [`${path}: ${lines} lines`] : [];
  });

const emptyName = /(^|-)(service|manager|helper|util|common)s?$/;
const emptyClass = /(Service|Manager|Helper|Util|Common)s?$/;

/** Names that fit everything say nothing. A word of the field is fine where it does not stand last (service-principal). */
export const noEmptyName: Check = (house) =>
  typescriptFiles(house).flatMap((path) => {
    const parts = path.replace(/(\.test|\.deep)*\.ts$/, '').split('/');
    const inPath = parts.filter((part) => emptyName.test(part)).map((part) => `${path}: the name ${part}`);
    const inCode = findInFile(house, path, (node, say) => {
      if (ts.isClassDeclaration(node) && emptyClass.test(node.name?.text ?? '')) say(`the name ${node.name?.text}`);
    });
    return [...inPath, ...inCode];
  });
