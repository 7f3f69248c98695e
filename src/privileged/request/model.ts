import { roleIds } from '../../access/index.ts';
import type { Mode, PrincipalKind, Privilege } from '../../grants/index.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { RequestState } from './machine.ts';
import type { ScheduleBody, WireSchedule } from './schedule.ts';

/** What can be asked of PIM here. */
export const actions = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'adminExtend',
  'adminRenew',
  'selfActivate',
  'selfDeactivate',
  'selfExtend',
  'selfRenew',
] as const;

export type Action = (typeof actions)[number];

/** A request to PIM: what was asked for, by whom, and how it stands. */
export interface ScheduleRequest {
  readonly id: Id;
  readonly privilege: Privilege;
  readonly mode: Mode;
  readonly principal: { readonly kind: PrincipalKind; readonly id: Id };
  readonly action: Action;
  readonly state: RequestState;
  readonly schedule: WireSchedule | null;
  readonly startsAt: Instant;
  readonly justification: string | null;
  readonly ticket: { readonly number: string | null; readonly system: string | null };
  readonly grantId: Id | null;
  readonly eligibilityId: Id | null;
  readonly creator: { readonly kind: Caller['kind']; readonly id: Id | null; readonly name: string };
  readonly correlation: Id;
  readonly createdAt: Instant;
}

/** What is asked of PIM, for a role or for a place in a group alike. */
export interface ScheduleCommand {
  readonly action: Action;
  readonly privilege: Privilege;
  readonly mode: Mode;
  readonly principalId: Id;
  readonly schedule: ScheduleBody | null;
  readonly justification: string | null;
  readonly ticket: { readonly number: string | null; readonly system: string | null };
}

/** Whether a request is about a role, or about a place in a group. */
export function isOf(of: 'role' | 'group'): (request: Pick<ScheduleRequest, 'privilege'>) => boolean {
  return ({ privilege }) => (privilege.kind === 'role') === (of === 'role');
}

/** Who decides about the activation of a role whose policy names nobody. Source: "Configure role settings in PIM". */
export const defaultApproverRoles: readonly string[] = [
  roleIds.privilegedRoleAdministrator,
  roleIds.globalAdministrator,
];
