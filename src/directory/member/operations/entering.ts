import { accountsOfCaller } from '../../../grants/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { StoredEvent } from '../../../platform/events.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { leadsToPrivilege, loadGroupsReached } from '../../object/store.ts';

/** Events of the ledger at which somebody may have put themselves into a group, by hand or by a rule. */
export const entering = ['group-member.active.given', 'group-owner.active.given'] as const;

/**
 * The groups that the human who calls has just put an account of theirs into, and those that it reaches from there: for
 * capabilities that know of privileges the directory knows nothing of. Empty for everybody else, for what packages and
 * activations give, and where the directory itself has judged it (groups that lead to a role).
 */
export async function enteredByOneself(tx: Tx, event: StoredEvent): Promise<Id[]> {
  const { principalId, privilegeId, origin } = event.data as {
    principalId?: Id;
    privilegeId?: Id;
    origin?: { kind?: string };
  };
  if (principalId === undefined || privilegeId === undefined) return [];
  if (origin?.kind !== 'assigned' && origin?.kind !== 'rule') return [];
  if (!(await accountsOfCaller(tx)).has(principalId)) return [];
  return (await leadsToPrivilege(tx, privilegeId)) ? [] : loadGroupsReached(tx, privilegeId);
}
