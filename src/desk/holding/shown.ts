import type { describeWays, Privilege } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { HeldPrivilege, HeldWay } from './contract.ts';

/** A way as the ledger describes it. */
export type Described = Awaited<ReturnType<typeof describeWays>>[number];

/** A way on the wire. */
export function wayShown(way: Described): HeldWay {
  const { mode, activationsNeeded, startDateTime, endDateTime, endsBecause, path } = way;
  return {
    mode,
    activationsNeeded,
    startDateTime,
    endDateTime,
    endsBecause,
    path: path.map((link) => ({ ...link, privilege: placed(link.privilege) })),
  };
}

/** What a way leads to, on the wire. */
export function privilegeShown({ privilege }: Described, isPrivileged: ReadonlySet<Id>): HeldPrivilege {
  return { ...placed(privilege), isPrivileged: isPrivileged.has(privilege.id) };
}

type Named = Pick<Privilege, 'kind' | 'id' | 'scope'> & { readonly displayName: string | null };

function placed({ kind, id, displayName, scope }: Named): HeldWay['path'][number]['privilege'] {
  if (kind === 'entitlement-role') throw new Error('A role of entitlement management is no business of PIM');
  return { kind, id, displayName: displayName ?? '', scope };
}

/** Whether something could be done, on the wire. */
export function possibilityOf(outcome: Outcome<unknown>) {
  if (outcome.is === 'accepted') return { isPossible: true, code: null, message: null };
  const { code, message } = outcome.refusal;
  return { isPossible: false, code, message };
}
