import { findPeople } from '../../directory/index.ts';
import { isAccountUsable, loadHeld } from '../../grants/index.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { type ActivePrivilege, rightsAt } from '../tokens/rights.ts';
import type { PeoplePorts } from './ports.ts';
import { peopleStore } from './store.ts';

/** People of the directory, with what the ledger says of them at governance time. */
export function setUpPeople(runtime: Runtime, lifetimes: PeoplePorts['lifetimes']): PeoplePorts {
  const { db, clock, realClock } = runtime;
  const find = async (attribute: 'id' | 'userPrincipalName', value: string) =>
    (await findPeople(db, clock.now(), attribute, value))[0] ?? null;
  return {
    runtime,
    lifetimes,
    accountOf: (id) => find('id', id),
    accountNamed: (name) => find('userPrincipalName', name),
    async standingOf(id) {
      const [isUsable, validFrom] = await Promise.all([
        isAccountUsable(db, id, clock.now()),
        peopleStore(db).tokensValidFrom(id),
      ]);
      return { isUsable, validFrom };
    },
    async rightsOf(id) {
      const now = clock.now();
      const held = await loadHeld(db, id, now);
      const active = held.flatMap(({ kind, id: privilege, scope, until }): ActivePrivilege[] =>
        (kind === 'role' || kind === 'group-member') && scope === '/' ? [{ kind, id: privilege, until }] : [],
      );
      return rightsAt(active, now, realClock.now());
    },
  };
}
