import type { Operation } from '../../graph/declaration.ts';
import { look } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { meAnswer } from './contract.ts';
import { readMe } from './operations.ts';

/** `/sallyport/me`: who has signed in, and what they may do. */
export function meRoutes(runtime: Runtime, isRehearsal: boolean): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/me',
    says: 'Who has signed in, with which roles, what they may do, and how much waits for them.',
    answers: meAnswer,
    run: async (call) => {
      const body = await look(runtime, call, 'desk.read', undefined, (tx) => readMe(tx, isRehearsal));
      return { status: 200, body, context: 'sallyport.me' };
    },
  };
  return [read];
}
