import { sql } from 'kysely';
import { approvalSets, approverOf } from '../../approval/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { me, type Of, readsAll } from '../schedule/entity.ts';

function isAbout(of: Of): (approvalId: Sql) => Sql {
  const kinds = of === 'role' ? sql`asked.privilege_kind = 'role'` : sql`asked.privilege_kind <> 'role'`;
  return (approvalId) =>
    sql`exists (select 1 from schedule_request as asked where asked.id = ${approvalId} and ${kinds})`;
}

/** Approvals of activations. Graph has those of roles in beta only, and calls their stages steps. */
export const activationApprovalSets: readonly EntitySet[] = [
  ...approvalSets({
    door: 'activation',
    approvals: 'assignmentApprovals',
    stages: 'assignmentApprovalStages',
    navigation: 'stages',
    readsAll: (context) => (readsAll('group', context) ? sql`true` : sql`false`),
    only: isAbout('group'),
  }),
  ...approvalSets({
    door: 'activation',
    approvals: 'roleAssignmentApprovals',
    stages: 'roleAssignmentApprovalSteps',
    navigation: 'steps',
    readsAll: (context) => (readsAll('role', context) ? sql`true` : sql`false`),
    only: isAbout('role'),
  }),
];

export const approvalMounts = {
  '/identityGovernance/privilegedAccess/group/assignmentApprovals': 'assignmentApprovals',
  '/roleManagement/directory/roleAssignmentApprovals': { set: 'roleAssignmentApprovals', beta: 'only' },
} as const;

/**
 * What `filterByCurrentUser(on='…')` leaves of the approvals: those that the caller may decide or decided, those of
 * what the caller asked for, and those of what the caller is to get.
 */
export const approvalsOfCaller: Readonly<
  Record<'approver' | 'createdBy' | 'target', (row: Row, context: ReadContext) => Sql>
> = {
  approver: (row, context) => approverOf(row('id'), me(context), context),
  createdBy: (row, context) => sql`${row('requestor_id')} = ${me(context)}`,
  target: (row, context) => sql`${row('subject_id')} = ${me(context)}`,
};
