import type { Mode } from '../../grants/index.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Group } from '../group/model.ts';
import type { DirectoryPrincipal } from '../object/model.ts';

/** In what way somebody belongs to a group. */
export type Belonging = 'member' | 'owner';

export interface Joining {
  readonly group: Pick<Group, 'id' | 'displayName' | 'isDynamic' | 'isAssignableToRole' | 'groupTypes'>;
  readonly principal: DirectoryPrincipal;
  readonly as: Belonging;
  readonly mode: Mode;
}

/**
 * Whether a principal can be given a place in a group at all, whoever asks. Members of a dynamic group follow from
 * its rule. Groups cannot own groups, be members of themselves or, other than eligible, of a role-assignable group
 * (Entra: "Use Microsoft Entra groups to manage role assignments").
 */
export function mayJoin({ group, principal, as, mode }: Joining): Outcome<void> {
  if (as === 'member' && group.isDynamic) return refuseByHand(group.displayName);
  if (principal.kind !== 'group') return accept(undefined);
  if (as === 'owner') {
    return refuse(
      'invalid',
      'Request_BadRequest',
      'A group cannot own a group. Name users or service principals.',
      'owners',
    );
  }
  if (principal.id === group.id) {
    return refuse('invalid', 'Request_BadRequest', 'A group cannot be a member of itself.', 'members');
  }
  if (group.isAssignableToRole && mode === 'active') {
    return refuse(
      'invalid',
      'Request_BadRequest',
      'A group cannot be a member of a role-assignable group. Add its users one by one, or make the group eligible.',
      'members',
    );
  }
  return accept(undefined);
}

/** Whether somebody can be taken out of a group by hand. The last user who owns a group stays its owner. */
export function mayLeave(
  group: Pick<Group, 'displayName' | 'isDynamic'>,
  as: Belonging,
  otherOwners: number,
): Outcome<void> {
  if (as === 'member' && group.isDynamic) return refuseByHand(group.displayName);
  if (as === 'owner' && otherOwners === 0) {
    return refuse(
      'invalid',
      'Request_BadRequest',
      'The last owner of a group cannot be removed. Add another owner first.',
      'owners',
    );
  }
  return accept(undefined);
}

function refuseByHand(displayName: string): Outcome<void> {
  return refuse(
    'invalid',
    'Request_BadRequest',
    `The members of the dynamic group '${displayName}' follow from its rule. Change the rule or the user's attributes.`,
    'members',
  );
}
