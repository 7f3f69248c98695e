import { ApiError } from '../api/errors.ts';
import { inOneLine } from '../words/refusals.ts';

/** What is wrong at a place: what it means and what the server said, and the path of the property that it names. */
export interface Fault {
  readonly target: string | null;
  readonly message: string;
}

/** The faults of a refusal; none where nothing was refused. */
export function faultsOf(error: unknown): readonly Fault[] {
  return error instanceof ApiError ? [{ target: error.target, message: inOneLine(error) }] : [];
}

/**
 * What to say at a field about the properties that it is for: what the server said of one of these paths, or of
 * something inside of it. Undefined, as Fluent's `Field` takes it, where it said nothing.
 */
export function saidAt(faults: readonly Fault[], ...paths: readonly string[]): string | undefined {
  return faults.find(({ target }) => target !== null && paths.some((path) => isInside(target, path)))?.message;
}

/** Whether a path is another, or inside of it: `stages/0/primaryApprovers/1` is inside `stages/0`. */
export function isInside(target: string, path: string): boolean {
  return target === path || target.startsWith(`${path}/`);
}
