import type { GraphFace, Operation } from '../../graph/declaration.ts';
import { done, idIn, look, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import type { Lifetimes } from '../session/model.ts';
import { sessionsAnswer } from './contract.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './operations.ts';

const mine = '/me/sessions';
const ending = 'user.sessionEnded';

/** `/sallyport/me/sessions`: where the caller is signed in. */
export function ownSessions(runtime: Runtime, lifetimes: Lifetimes): GraphFace {
  const list: Operation = {
    method: 'GET',
    path: mine,
    says: 'The browsers in which the caller is signed in, the one that asks first, then the one used last.',
    answers: sessionsAnswer,
    run: async (call) => {
      const rows = await look(runtime, call, 'user.authenticationRead', undefined, (tx) =>
        listOwnSessions(tx, lifetimes),
      );
      return { status: 200, rows, context: 'Collection(sallyport.session)' };
    },
  };
  const end: Operation = {
    method: 'DELETE',
    path: `${mine}/{id}`,
    says: 'Ends one session of the caller. Every browser is asked for a proof at its next sign-in.',
    run: (call) => done(runtime, call, ending, idIn(call, 'id'), endOwnSession),
  };
  const endOthers: Operation = {
    method: 'POST',
    path: `${mine}/endOthers`,
    says: 'Ends every session of the caller but the one that asks; with a token, all of them. Tokens stay.',
    run: async (call) => {
      await perform(runtime, call, ending, undefined, endOtherSessions);
      return { status: 204 };
    },
  };
  return { sets: [], mounts: {}, operations: [list, end, endOthers] };
}
