import type { ApproverRule, StageSnapshot } from '../../../approval/index.ts';
import { liveGrants, type Privilege } from '../../../grants/index.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { approvalRule } from '../../policy/requirements.ts';
import type { Approver, Rules } from '../../policy/rule.ts';
import { defaultApproverRoles } from '../model.ts';

/** The time in which an activation must be approved; Entra lets nobody change it. */
export const approvalTime = Temporal.Duration.from('PT24H');

/** The one stage in which an activation of a privilege is decided, by the rules in force. */
export async function activationStage(tx: Tx, privilege: Privilege, rules: Rules): Promise<StageSnapshot> {
  const stage = approvalRule(rules).setting.approvalStages[0];
  const primary = (stage?.primaryApprovers ?? []).map(approverRuleOf);
  return {
    id: newId(),
    primary: primary.length > 0 ? primary : await defaultApprovers(tx, privilege),
    fallback: [],
    decisionTime: approvalTime.toString(),
    isApproverJustificationRequired: stage?.isApproverJustificationRequired ?? true,
  };
}

function approverRuleOf(approver: Approver): ApproverRule {
  switch (approver['@odata.type']) {
    case '#microsoft.graph.singleUser':
      return { is: 'user', userId: approver.userId };
    case '#microsoft.graph.groupMembers':
      return { is: 'group', groupId: approver.groupId };
    case '#microsoft.graph.requestorManager':
      return { is: 'manager', level: approver.managerLevel ?? 1 };
    default:
      return approver satisfies never;
  }
}

/** For roles: who is a Privileged Role or Global Administrator now. A group's policy always names its approvers. */
async function defaultApprovers(tx: Tx, { kind }: Pick<Privilege, 'kind'>): Promise<ApproverRule[]> {
  if (kind !== 'role') return [];
  const rules: ApproverRule[] = [];
  for (const role of defaultApproverRoles) {
    for (const { principal } of await liveGrants(tx, { kind: 'role', privilege: role, mode: 'active' })) {
      if (principal.kind === 'user') rules.push({ is: 'user', userId: principal.id });
      if (principal.kind === 'group') rules.push({ is: 'group', groupId: principal.id });
    }
  }
  return rules;
}
