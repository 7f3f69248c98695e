import type { Call, Operation, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { orRefuse, RefusedError } from '../../kernel/outcome.ts';
import { operate, type Runtime, type Tx } from '../../platform/transaction.ts';

/** Where the first door's collections hang in Graph. */
export const root = '/identityGovernance/entitlementManagement';

/** Runs a call in one transaction, on behalf of its caller; a refusal is thrown, recorded under what was attempted. */
export async function perform<T>(
  runtime: Runtime,
  call: Pick<Call<unknown>, 'caller' | 'requestId'>,
  attempts: string,
  subject: string | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { caller, requestId } = call;
  const attempt = { caller, requestId, attempts, ...(subject === undefined ? {} : { subject: subject.slice(0, 200) }) };
  return orRefuse(await operate(runtime, attempt, work));
}

/** The id that the path names, in lower case as all ids are kept. */
export function idIn(call: Pick<Call<unknown>, 'path'>, name: string): string {
  return (call.path[name] ?? '').toLowerCase();
}

type Narrow = (row: Row, context: ReadContext) => Sql;

/** Graph's `filterByCurrentUser(on='…')` at a collection: for each value of `on`, what is left of the set. */
export function filterByCurrentUser(path: string, set: string, choices: Readonly<Record<string, Narrow>>): Operation {
  return {
    method: 'GET',
    path: `${path}/filterByCurrentUser`,
    run: async ({ parameters }) => {
      const on = parameters['on'] ?? '';
      const choice = Object.keys(choices).find((name) => name.toLowerCase() === on.toLowerCase());
      const where = choice === undefined ? undefined : choices[choice];
      if (where !== undefined) return { status: 200, list: { set, where } };
      throw new RefusedError({
        kind: 'invalid',
        code: 'BadRequest',
        message: `filterByCurrentUser takes on='${Object.keys(choices).join("' or '")}' here.`,
        target: 'on',
      });
    },
  };
}
