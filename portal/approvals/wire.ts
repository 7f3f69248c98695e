/** What Graph answers of approvals, as far as these pages show it. */
export interface Stage {
  readonly id: string;
  readonly assignedToMe: boolean;
  readonly justification: string;
  readonly reviewResult: string;
  readonly reviewedBy: { readonly id: string; readonly displayName: string | null } | null;
  readonly reviewedDateTime: string | null;
  readonly status: 'InProgress' | 'Initializing' | 'Completed' | 'Expired';
}

export interface Approval {
  readonly id: string;
  readonly stages: readonly Stage[];
}

interface Subject {
  readonly displayName: string;
  readonly principalName: string | null;
}

export interface Answer {
  readonly displayValue: string | null;
  readonly value?: string;
  readonly answeredQuestion: { readonly id: string; readonly text?: string | null };
}

/** `accessPackageAssignmentRequest`, expanded. */
export interface PackageRequest {
  readonly id: string;
  readonly state: string;
  readonly status: string;
  readonly createdDateTime: string;
  readonly justification: string | null;
  readonly schedule: Schedule;
  readonly answers: readonly Answer[];
  readonly requestor: Subject;
  readonly accessPackage: { readonly id: string; readonly displayName: string; readonly description: string };
  readonly assignment: { readonly target: Subject | null } | null;
}

export interface Schedule {
  readonly startDateTime: string | null;
  readonly expiration: { readonly duration: string | null; readonly endDateTime: string | null };
}

/** `unifiedRoleAssignmentScheduleRequest` or `privilegedAccessGroupAssignmentScheduleRequest`, expanded. */
export interface ActivationRequest {
  readonly id: string;
  readonly status: string;
  readonly createdDateTime: string;
  readonly justification: string | null;
  readonly scheduleInfo: Schedule;
  readonly ticketInfo: { readonly ticketNumber: string | null; readonly ticketSystem: string | null } | null;
  readonly principal: { readonly displayName: string } | null;
  readonly roleDefinition?: { readonly displayName: string } | null;
  readonly group?: { readonly displayName: string } | null;
}

/** The kinds of approvals, as they are named in the address. */
export type Kind = 'package' | 'role' | 'group';

const entitlements = '/v1.0/identityGovernance/entitlementManagement';
const roles = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';

/** Where Graph keeps requests and approvals of each kind, and how it calls the stages of an approval. */
export const places = {
  package: {
    requests: `${entitlements}/assignmentRequests`,
    expand: 'requestor,accessPackage,assignment($expand=target)',
    approvals: `${entitlements}/accessPackageAssignmentApprovals`,
    stages: 'stages',
  },
  role: {
    requests: roles,
    expand: 'principal,roleDefinition',
    approvals: '/beta/roleManagement/directory/roleAssignmentApprovals',
    stages: 'steps',
  },
  group: {
    requests: `${groups}/assignmentScheduleRequests`,
    expand: 'principal,group',
    approvals: `${groups}/assignmentApprovals`,
    stages: 'stages',
  },
} as const satisfies Record<Kind, unknown>;

/** What an activation is of. */
export function nameOf({ roleDefinition, group }: ActivationRequest): string {
  return roleDefinition?.displayName ?? group?.displayName ?? '';
}

/** Whether a state of either door waits for a decision. */
export function isPending(state: string): boolean {
  return /^pendingApproval/i.test(state);
}
