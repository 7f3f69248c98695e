import type { Operation } from '../../graph/declaration.ts';
import { idIn, look } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { contentsAnswer } from './contract.ts';
import { readContents } from './operations.ts';

/** `/sallyport/accessPackages/{id}/contents`: what a package really opens. */
export function contentsRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/accessPackages/{id}/contents',
    says: 'What a package really opens: its groups, the roles that they hold and how, and what activating takes.',
    answers: contentsAnswer,
    run: async (call) => {
      const id = idIn(call, 'id');
      const body = await look(runtime, call, 'access-package.read', id, (tx) => readContents(tx, id));
      return { status: 200, body, context: 'sallyport.packageContents' };
    },
  };
  return [read];
}
