import type { Operation } from '../../graph/declaration.ts';
import { idIn, look } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { approvalAnswer } from './contract.ts';
import { readCase } from './operations/read.ts';

/** `/sallyport/approvals/{id}`: the whole case, for whoever decides it. */
export function approvalRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/approvals/{id}',
    says: 'The whole case of an approval: who asks for what and why, what it really opens, what they hold, and who decides.',
    answers: approvalAnswer,
    run: async (call) => {
      const id = idIn(call, 'id');
      const body = await look(runtime, call, 'approval.read', id, (tx) => readCase(tx, id));
      return { status: 200, body, context: 'sallyport.approvalCase' };
    },
  };
  return [read];
}
