import type { Operation } from '../../graph/declaration.ts';
import { look } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { overviewAnswer } from './contract.ts';
import { readOverview } from './operations.ts';

/** `/sallyport/overview`: what needs the caller, what they hold, what ends soon, what they wait for. */
export function overviewRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/overview',
    says: 'What needs the caller, what they hold, what of it ends soon, and which of their requests wait.',
    answers: overviewAnswer,
    run: async (call) => {
      const body = await look(runtime, call, 'desk.read', undefined, (tx) => readOverview(tx));
      return { status: 200, body, context: 'sallyport.overview' };
    },
  };
  return [read];
}
