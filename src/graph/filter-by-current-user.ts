import { refuseNow } from '../kernel/outcome.ts';
import type { Operation, ReadContext, Row, Sql } from './declaration.ts';

type Narrow = (row: Row, context: ReadContext) => Sql;

/** Graph's `filterByCurrentUser(on='…')` at a collection: for each value of `on`, what is left of the set. Refuses any other (400). `beta` for what v1.0 lacks. */
export function filterByCurrentUser(
  path: string,
  set: string,
  choices: Readonly<Record<string, Narrow>>,
  beta?: 'only',
): Operation {
  return {
    method: 'GET',
    path: `${path}/filterByCurrentUser`,
    ...(beta === undefined ? {} : { beta }),
    run: async ({ parameters }) => {
      const on = parameters['on'] ?? '';
      const choice = Object.keys(choices).find((name) => name.toLowerCase() === on.toLowerCase());
      const where = choice === undefined ? undefined : choices[choice];
      if (where !== undefined) return { status: 200, list: { set, where } };
      const known = Object.keys(choices).join("' or '");
      return refuseNow('invalid', 'BadRequest', `filterByCurrentUser takes on='${known}' here.`, 'on');
    },
  };
}
