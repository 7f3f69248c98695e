import type { Operation } from '../graph/declaration.ts';
import { look } from '../graph/perform.ts';
import type { Runtime } from '../platform/transaction.ts';
import { findingsAnswer, findingsQuery } from './contract.ts';
import { readFindings } from './operations.ts';

/** `/sallyport/findings`: what is wrong, and what to do. */
export function findingRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/findings',
    says: 'What is wrong with the design and with who holds what, the worst first, and what to do about it.',
    query: findingsQuery,
    answers: findingsAnswer,
    run: async (call) => {
      const { value, bySeverity } = await look(runtime, call, 'findings.read', undefined, (tx) =>
        readFindings(tx, call.query),
      );
      const rows = value.map(({ since, ...one }) => ({ ...one, since: since?.toString() ?? null }));
      return { status: 200, rows, besides: { bySeverity }, context: 'sallyport.findings' };
    },
  };
  return [read];
}
