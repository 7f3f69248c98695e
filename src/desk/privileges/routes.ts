import type { NamePorts } from '../../grants/index.ts';
import type { Operation } from '../../graph/declaration.ts';
import { look } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { privilegesAnswer } from './contract.ts';
import { readPrivileges } from './operations.ts';

/** `/sallyport/privileges`: what the caller is eligible for, has and had, and what could be done about it now. */
export function privilegeRoutes(runtime: Runtime, ports: NamePorts): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/privileges',
    says: "The caller's own roles and groups: eligible, active and expired, by which ways, and what can be done about each now.",
    answers: privilegesAnswer,
    run: async (call) => {
      const body = await look(runtime, call, 'desk.read', undefined, (tx) => readPrivileges(tx, ports));
      return { status: 200, body, context: 'sallyport.privileges' };
    },
  };
  return [read];
}
