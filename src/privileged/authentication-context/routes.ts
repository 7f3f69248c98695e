import type { Operation } from '../../graph/declaration.ts';
import { done, keyIn } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { type ContextBody, contextBody } from './contract.ts';
import { contextPath } from './entity.ts';
import { deleteContext, putContext } from './operations.ts';

/** Making, changing and deleting authentication contexts. */
export function contextRoutes(runtime: Runtime): Operation[] {
  const put: Operation<ContextBody> = {
    method: 'PATCH',
    path: `${contextPath}/{id}`,
    body: contextBody,
    run: (call) =>
      done(runtime, call, 'authentication-context.updated', keyIn(call, 'id'), (tx, id) =>
        putContext(tx, id, call.body),
      ),
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${contextPath}/{id}`,
    run: (call) => done(runtime, call, 'authentication-context.deleted', keyIn(call, 'id'), deleteContext),
  };
  return [put, remove] as Operation[];
}
