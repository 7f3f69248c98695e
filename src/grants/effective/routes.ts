import type { GraphFace, Operation } from '../../graph/declaration.ts';
import { perform } from '../../graph/perform.ts';
import { parseInstant } from '../../kernel/time.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { ledgerGrants } from '../entity.ts';
import { accessAnswer, accessQuery } from './contract.ts';
import { effectiveAccess, type NamePorts } from './operations.ts';

/** `/sallyport/effectiveAccess` and `/sallyport/grants`: who holds what, at any instant, and why it ends. */
export function ownAccess(runtime: Runtime, ports: NamePorts): GraphFace {
  const read: Operation = {
    method: 'GET',
    path: '/effectiveAccess',
    says: 'Who holds what at an instant, past or to come: by which way, until when, and why it ends then.',
    query: accessQuery,
    answers: accessAnswer,
    run: async (call) => {
      const { principalId, privilege, after, at } = call.query;
      const asked = {
        principalId: principalId?.toLowerCase() ?? null,
        privilegeId: privilege?.toLowerCase() ?? null,
        after: after?.toLowerCase() ?? null,
        at: at === undefined ? null : parseInstant(at),
      };
      const subject = asked.principalId ?? asked.privilegeId ?? undefined;
      const body = await perform(runtime, call, 'access.read', subject, (tx) => effectiveAccess(tx, asked, ports));
      return { status: 200, body, context: 'sallyport.effectiveAccess' };
    },
  };
  return { sets: [ledgerGrants], mounts: { '/grants': 'grants' }, operations: [read] };
}
