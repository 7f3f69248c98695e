import type { Activities, Activity } from '../kernel/event.ts';
import type { Door } from './model.ts';

/** What can happen to an approval. That it timed out is announced by the door, which knows what follows. */
export type ApprovalHappening =
  | 'opened'
  | 'stageOpened'
  | 'approversChanged'
  | 'stranded'
  | 'reminded'
  | 'escalated'
  | 'stageApproved'
  | 'stageDenied'
  | 'approvalTakenBack'
  | 'withdrawn';

/** The event type of something that happened to an approval: `package-approval.stageOpened`. */
export function approvalEvent(door: Door, happening: ApprovalHappening): string {
  return `${door}-approval.${happening}`;
}

function activity(
  name: string,
  door: Door,
  operation: Activity['operation'],
  category = door === 'package' ? 'EntitlementManagement' : 'RoleManagement',
): Activity {
  return { name, category, service: door === 'package' ? 'Entitlement Management' : 'PIM', operation };
}

function ofDoor(door: Door): Activities {
  const request = door === 'package' ? 'access package assignment request' : 'activation request';
  const decided = activity(`Approval stage completed for ${request}`, door, 'Update');
  return {
    [approvalEvent(door, 'opened')]: activity('Create request approval', door, 'Add', 'UserManagement'),
    [approvalEvent(door, 'stageOpened')]: activity('Add approver to request approval', door, 'Add', 'UserManagement'),
    [approvalEvent(door, 'approversChanged')]: activity(
      'Update approver of request approval',
      door,
      'Update',
      'UserManagement',
    ),
    [approvalEvent(door, 'stranded')]: activity('Request approval without approvers', door, 'Update', 'UserManagement'),
    [approvalEvent(door, 'reminded')]: activity(
      'Remind approvers of request approval',
      door,
      'Other',
      'UserManagement',
    ),
    [approvalEvent(door, 'escalated')]: activity('Escalate request approval', door, 'Update', 'UserManagement'),
    [approvalEvent(door, 'stageApproved')]: decided,
    [approvalEvent(door, 'stageDenied')]: decided,
    [approvalEvent(door, 'approvalTakenBack')]: activity(`Take back approval of ${request}`, door, 'Update'),
    [approvalEvent(door, 'withdrawn')]: activity('Cancel request approval', door, 'Update', 'UserManagement'),
  };
}

/** Event types of approvals, as the audit log shows them. */
export const approvalActivities: Activities = { ...ofDoor('package'), ...ofDoor('activation') };
