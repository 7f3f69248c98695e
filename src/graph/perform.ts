import { orRefuse } from '../kernel/outcome.ts';
import { observe, operate, type Runtime, type Tx } from '../platform/transaction.ts';
import type { Answer, Call } from './declaration.ts';

/**
 * Runs a call in one transaction, on behalf of its caller. A refusal is thrown, after it has been recorded under the
 * event type that was attempted; `subject` is what the attempt is about, as far as the call names it.
 */
export async function perform<T>(
  runtime: Runtime,
  { caller, requestId }: Pick<Call<unknown>, 'caller' | 'requestId'>,
  attempts: string,
  subject: string | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return orRefuse(await operate(runtime, { caller, requestId, attempts, ...aboutOf(subject) }, work));
}

/** The same for a call that only reads: in a transaction that changes nothing. */
export async function look<T>(
  runtime: Runtime,
  { caller, requestId }: Pick<Call<unknown>, 'caller' | 'requestId'>,
  attempts: string,
  subject: string | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return orRefuse(await observe(runtime, { caller, requestId, attempts, ...aboutOf(subject) }, work));
}

// A path may name anything, at any length.
function aboutOf(subject: string | undefined): { readonly subject?: string } {
  return subject === undefined ? {} : { subject: subject.slice(0, 200) };
}

/** Does something with the entity that a call is about, and answers 204. Refuses as `perform` does. */
export async function done(
  runtime: Runtime,
  call: Pick<Call<unknown>, 'caller' | 'requestId'>,
  attempts: string,
  key: string,
  work: (tx: Tx, key: string) => Promise<unknown>,
): Promise<Answer> {
  await perform(runtime, call, attempts, key, (tx) => work(tx, key));
  return { status: 204 };
}

/** The key that the path has under a name, as it came: an id, or what may stand in its place. */
export function keyIn({ path }: Pick<Call<unknown>, 'path'>, name: string): string {
  return path[name] ?? '';
}

/** The id that the path has under a name, in lower case as all ids are kept. */
export function idIn(call: Pick<Call<unknown>, 'path'>, name: string): string {
  return keyIn(call, name).toLowerCase();
}
