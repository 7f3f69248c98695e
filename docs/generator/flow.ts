import ts from 'typescript';
import { calledName, type House, parsed, productFiles } from '../../test/shape/house.ts';
import { type Callable, declaredIn, first, importOf, inScope, isCallable } from './scope.ts';

/** What stands for a part of a text that the code alone does not tell. */
export const unknown = '*';

/** Which texts can reach a place in the code. */
export interface Flow {
  readonly files: readonly ts.SourceFile[];
  /**
   * The texts that expressions can have together, one tuple a way there: through constants, conditions, templates,
   * calls of our own functions and, where a parameter is asked for, through whoever calls. `*` is what is not known.
   */
  texts(...expressions: readonly ts.Expression[]): string[][];
}

/** What the parameters stand for on the way that is being looked at. */
type Bound = ReadonlyMap<ts.ParameterDeclaration, ts.Expression | null>;

const deepest = 8;

/** Reads all product files of the house. Follows names through files as imports do, and knows nothing of types. */
export function readFlow(house: House): Flow {
  const files = new Map(productFiles(house).map((path) => [path, parsed(path, house.get(path) ?? '')]));
  const calls = new Map<Callable, ts.CallExpression[]>();
  for (const file of files.values()) {
    eachNode(file, (node) => {
      const called = ts.isCallExpression(node) ? callee(node) : null;
      if (called !== null) calls.set(called, [...(calls.get(called) ?? []), node as ts.CallExpression]);
    });
  }

  function texts(expressions: readonly ts.Expression[], bound: Bound, depth: number): string[][] {
    const free = first(expressions, (one) => freeIn(one, bound, 0));
    if (free === null) return product(expressions.map((one) => values(one, bound, 0)));
    const ways = depth < deepest ? (calls.get(free) ?? []) : [];
    if (ways.length === 0) return texts(expressions, bind(bound, free, null), depth);
    return ways.flatMap((call) => texts(expressions, bind(bound, free, call), depth + 1));
  }

  /** The first function that has to be called before anything is known about an expression. */
  function freeIn(expression: ts.Expression, bound: Bound, depth: number): Callable | null {
    if (depth > deepest) return null;
    return first(parts(expression, bound), (part) =>
      'free' in part ? part.free : freeIn(part.of, part.bound ?? bound, depth + 1),
    );
  }

  function values(expression: ts.Expression, bound: Bound, depth: number): string[] {
    if (depth > deepest) return [unknown];
    if (ts.isStringLiteralLike(expression)) return [expression.text];
    if (ts.isTemplateExpression(expression)) {
      const holes = product(expression.templateSpans.map((span) => values(span.expression, bound, depth + 1)));
      return holes.map((hole) =>
        expression.templateSpans.reduce((text, span, at) => text + hole[at] + span.literal.text, expression.head.text),
      );
    }
    const found = parts(expression, bound);
    if (found.length === 0) return [unknown];
    return unique(
      found.flatMap((part) => ('free' in part ? [unknown] : values(part.of, part.bound ?? bound, depth + 1))),
    );
  }

  type Part = { readonly of: ts.Expression; readonly bound?: Bound } | { readonly free: Callable };

  /** The expressions that an expression takes its text from. */
  function parts(expression: ts.Expression, bound: Bound): Part[] {
    if (ts.isIdentifier(expression)) return named(expression, bound);
    if (ts.isPropertyAccessExpression(expression)) return members(expression.expression, expression.name.text, bound);
    if (ts.isElementAccessExpression(expression)) return members(expression.expression, null, bound);
    if (!ts.isCallExpression(expression)) return inner(expression).map((of) => ({ of }));
    const called = callee(expression);
    return called === null ? [] : returned(called).map((of) => ({ of, bound: bind(bound, called, expression) }));
  }

  function named(name: ts.Identifier, bound: Bound): Part[] {
    const found = inScope(name, name.text);
    if (found?.kind !== 'value') return [];
    // `{ type }` is taken out of a parameter or constant, which is then what matters.
    const taken = ts.isBindingElement(found.node) ? found.node : null;
    const owner = taken === null ? found.node : taken.parent.parent;
    return givenTo(owner, bound).flatMap((part) => {
      if (taken === null || 'free' in part) return [part];
      return members(part.of, (taken.propertyName ?? taken.name).getText(), bound);
    });
  }

  function givenTo(owner: ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement, bound: Bound): Part[] {
    const isOpen = ts.isParameter(owner) && !bound.has(owner);
    if (isOpen) return [{ free: owner.parent as Callable }];
    const given = ts.isParameter(owner) ? bound.get(owner) : owner.initializer;
    return given ? [{ of: given }] : [];
  }

  /** What a property of an object literal is, wherever the literal was written; all of them where none is named. */
  function members(object: ts.Expression, key: string | null, bound: Bound): Part[] {
    if (ts.isObjectLiteralExpression(object)) return propertyOf(object, key).map((of) => ({ of }));
    return parts(object, bound).flatMap((part) =>
      'free' in part ? [part] : ts.isCallExpression(part.of) ? [] : members(part.of, key, part.bound ?? bound),
    );
  }

  function callee(call: ts.CallExpression): Callable | null {
    return ts.isIdentifier(call.expression) ? functionNamed(call.expression) : null;
  }

  function functionNamed(name: ts.Identifier): Callable | null {
    const local = inScope(name, name.text);
    if (local !== null) return local.kind === 'function' ? local.node : null;
    const from = importOf(name.getSourceFile(), name.text);
    const file = from === null ? undefined : files.get(from.path);
    return file === undefined || from === null ? null : functionIn(file, from.name);
  }

  function functionIn(file: ts.SourceFile, name: string): Callable | null {
    const found = declaredIn(file, name);
    if (found !== null) return found.kind === 'function' ? found.node : null;
    const from = importOf(file, name);
    const next = from === null ? undefined : files.get(from.path);
    return next === undefined || from === null ? null : functionIn(next, from.name);
  }

  return {
    files: [...files.values()],
    texts: (...expressions) => uniqueTuples(texts(expressions, new Map(), 0)),
  };
}

/** Visits every node of a file. */
export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => eachNode(child, visit));
}

/** What a property of an object literal is set to, if it has it; `null` asks for all properties. */
export function propertyOf(object: ts.ObjectLiteralExpression, key: string | null): ts.Expression[] {
  return object.properties.flatMap((property) => {
    if (key !== null && property.name?.getText() !== key) return [];
    if (ts.isPropertyAssignment(property)) return [property.initializer];
    return ts.isShorthandPropertyAssignment(property) ? [property.name] : [];
  });
}

/** Whether the node calls a function or a method of that name. */
export function isCallOf(node: ts.Node, name: string): node is ts.CallExpression {
  return ts.isCallExpression(node) && calledName(node) === name;
}

/** The expressions that an expression chooses from, or is made of. */
function inner(expression: ts.Expression): readonly ts.Expression[] {
  if (ts.isConditionalExpression(expression)) return [expression.whenTrue, expression.whenFalse];
  if (ts.isTemplateExpression(expression)) return expression.templateSpans.map((span) => span.expression);
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) return [expression.expression];
  const isOr =
    ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return isOr ? [expression.left, expression.right] : [];
}

function returned(called: Callable): ts.Expression[] {
  if (called.body === undefined) return [];
  if (!ts.isBlock(called.body)) return [called.body];
  const found: ts.Expression[] = [];
  const look = (node: ts.Node): void => {
    // `return x satisfies never` is where a switch never comes.
    const given = ts.isReturnStatement(node) ? node.expression : undefined;
    if (given !== undefined && !ts.isSatisfiesExpression(given)) found.push(given);
    if (!isCallable(node)) ts.forEachChild(node, look);
  };
  ts.forEachChild(called.body, look);
  return found;
}

function bind(bound: Bound, called: Callable, call: ts.CallExpression | null): Bound {
  const next = new Map(bound);
  called.parameters.forEach((parameter, at) => {
    next.set(parameter, call?.arguments[at] ?? parameter.initializer ?? null);
  });
  return next;
}

function product(choices: readonly (readonly string[])[]): string[][] {
  return choices.reduce<string[][]>(
    (made, choice) => made.flatMap((tuple) => choice.map((one) => [...tuple, one])),
    [[]],
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function uniqueTuples(tuples: readonly string[][]): string[][] {
  return [...new Map(tuples.map((tuple) => [tuple.join('\n'), tuple])).values()];
}
