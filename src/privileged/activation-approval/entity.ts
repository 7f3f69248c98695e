import { sql } from 'kysely';
import { approvalSets, approverOf } from '../../approval/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { defaultApproverRoles } from '../request/model.ts';
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
 * SQL: whether an approval is the reader's to decide as far as their office goes, the counterpart of
 * `decidableByOffice`: where a role's policy named nobody when the activation was asked for, only who administers roles
 * now decides.
 */
export function isDecidableByOffice(approvalId: Sql, { reader }: Pick<ReadContext, 'reader'>): Sql {
  if (defaultApproverRoles.some((role) => reader.roles.has(role))) return sql`true`;
  return sql`not exists (select 1 from schedule_request as asked
    join role_management_policy as policy
      on policy.privilege_kind = asked.privilege_kind and policy.privilege_id = asked.privilege_id
    left join role_management_rule as rule on rule.policy_id = policy.id
      and rule.rule_id = 'Approval_EndUser_Assignment' and rule.valid_from <= asked.created_at
      and coalesce(rule.valid_to > asked.created_at, true)
    where asked.id = ${approvalId} and asked.privilege_kind = 'role'
      and coalesce(jsonb_array_length(rule.rule #> '{setting,approvalStages,0,primaryApprovers}'), 0) = 0)`;
}

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
