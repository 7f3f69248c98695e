import type { ActivePrivilege, Privileges } from '../../src/desk/privileges/contract.ts';
import { keyOf } from './privilege-key.ts';

/** A privilege that is no longer active. */
export interface Ended {
  readonly privilege: ActivePrivilege['privilege'];
  /** Whether the end came that was said before, or an earlier one. */
  readonly isPlanned: boolean;
  /** Why it ended, as the server said; null where it did not. */
  readonly reason: ActivePrivilege['endsBecause']['reason'] | null;
}

/** What one is in without having asked, such as a dynamic group, is a matter of groups, not of roles. */
export function isOfRoles({ privilege, assignmentType }: ActivePrivilege): boolean {
  return privilege.kind === 'role' || assignmentType === 'activated';
}

/** What was active when it was read before and is not now; as of its end, the server told when and why it would come. */
export function endedBetween(before: Privileges, now: Privileges): readonly Ended[] {
  const active = new Set(now.active.map(({ privilege }) => keyOf(privilege)));
  return before.active
    .filter(isOfRoles)
    .filter(({ privilege }) => !active.has(keyOf(privilege)))
    .map(({ privilege, endDateTime, endsBecause }) => {
      if (endDateTime !== null && Date.parse(endDateTime) <= Date.parse(now.now)) {
        return { privilege, isPlanned: true, reason: endsBecause.reason };
      }
      const told = now.expired.find((one) => one.mode === 'active' && keyOf(one.privilege) === keyOf(privilege));
      return { privilege, isPlanned: false, reason: told?.endsBecause.reason ?? null };
    });
}
