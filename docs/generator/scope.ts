import { posix } from 'node:path';
import ts from 'typescript';

/** Whatever can be called by a name. */
export type Callable = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

/** What a name stands for where it is declared. */
type Declared =
  | { readonly kind: 'function'; readonly node: Callable }
  | { readonly kind: 'value'; readonly node: ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement };

/** What a name means at a node: looks outwards, block by block. */
export function inScope(node: ts.Node, name: string): Declared | null {
  for (let scope: ts.Node | undefined = node.parent; scope !== undefined; scope = scope.parent) {
    const found = declaredIn(scope, name);
    if (found !== null) return found;
  }
  return null;
}

/** What a name is declared as in this very block, file or list of parameters; null if it is not. */
export function declaredIn(scope: ts.Node, name: string): Declared | null {
  if (isCallable(scope)) return first(scope.parameters, (parameter) => declares(parameter, name));
  if (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isForOfStatement(scope)) return null;
  if (ts.isForOfStatement(scope)) {
    const list = scope.initializer;
    return ts.isVariableDeclarationList(list) ? first(list.declarations, (one) => declares(one, name)) : null;
  }
  return first(scope.statements, (statement): Declared | null => {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name)
      return { kind: 'function', node: statement };
    if (!ts.isVariableStatement(statement)) return null;
    return first(statement.declarationList.declarations, (one) => declares(one, name));
  });
}

function declares(node: ts.ParameterDeclaration | ts.VariableDeclaration, name: string): Declared | null {
  if (ts.isIdentifier(node.name)) {
    if (node.name.text !== name) return null;
    const value = node.initializer;
    if (
      ts.isVariableDeclaration(node) &&
      value !== undefined &&
      (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
    ) {
      return { kind: 'function', node: value };
    }
    return { kind: 'value', node };
  }
  return first(node.name.elements, (element): Declared | null =>
    ts.isBindingElement(element) && element.name.getText() === name ? { kind: 'value', node: element } : null,
  );
}

/** Whether the node is a function of any kind that can be called by name. */
export function isCallable(node: ts.Node): node is Callable {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node)
  );
}

/** Where an imported (or passed on) name comes from. */
export function importOf(file: ts.SourceFile, name: string): { path: string; name: string } | null {
  return first(file.statements, (statement) => {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return null;
    const from = statement.moduleSpecifier;
    const list = isImport ? statement.importClause?.namedBindings : statement.exportClause;
    if (from === undefined || !ts.isStringLiteral(from) || list === undefined) return null;
    if (!ts.isNamedImports(list) && !ts.isNamedExports(list)) return null;
    const found = [...list.elements].find((element) => element.name.text === name);
    if (found === undefined) return null;
    const path = posix.join(posix.dirname(file.fileName), from.text);
    return { path, name: (found.propertyName ?? found.name).text };
  });
}

/** What the first item gives that gives anything. */
export function first<A, B>(items: Iterable<A>, look: (item: A) => B | null): B | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) return found;
  }
  return null;
}
