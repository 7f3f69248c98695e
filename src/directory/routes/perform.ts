import type { Answer, Call } from '../../graph/declaration.ts';
import { referencedId } from '../../graph/reference.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import { type Attempt, operate, type Runtime, type Tx } from '../../platform/transaction.ts';

/** Runs a call in one transaction, on behalf of its caller; a refusal is thrown, recorded under what was attempted. */
export async function perform<T>(
  runtime: Runtime,
  call: Call<unknown>,
  attempt: Pick<Attempt, 'attempts' | 'subject'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return orRefuse(await operate(runtime, { caller: call.caller, requestId: call.requestId, ...attempt }, work));
}

/** Performs something with the entity that the path names, and answers 204. */
export async function done(
  runtime: Runtime,
  call: Call<unknown>,
  attempts: string,
  name: string,
  work: (tx: Tx, key: string) => Promise<unknown>,
): Promise<Answer> {
  const subject = call.path[name] ?? '';
  await perform(runtime, call, { attempts, subject }, (tx) => work(tx, subject));
  return { status: 204 };
}

/** The key in an address that the body's schema has checked to be one. */
export function referenced(address: string): string {
  return referencedId(address) ?? address;
}
