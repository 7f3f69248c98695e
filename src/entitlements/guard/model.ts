import type { Id } from '../../kernel/ids.ts';
import type { SubjectSet } from '../policy/document.ts';
import type { AssignmentPolicy } from '../policy/model.ts';

/**
 * Whether one of these groups matters to a policy so much that nobody puts themselves into it: its members approve, or
 * they get the package without anybody's approval.
 */
export function guardsEntry({ document }: Pick<AssignmentPolicy, 'document'>, groupIds: ReadonlySet<Id>): boolean {
  const names = (sets: readonly SubjectSet[]) =>
    sets.some((set) => set.groupId !== undefined && groupIds.has(set.groupId));
  const { isApprovalRequiredForAdd, stages } = document.requestApprovalSettings;
  if (!isApprovalRequiredForAdd) return names(document.specificAllowedTargets);
  return stages.some(
    (stage) =>
      names(stage.primaryApprovers) ||
      names(stage.fallbackPrimaryApprovers) ||
      names(stage.escalationApprovers) ||
      names(stage.fallbackEscalationApprovers),
  );
}
