/** What Graph answers of schedules and rules of PIM, as far as the portal reads it. */
export interface Schedule {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId?: string;
  readonly directoryScopeId?: string;
  readonly accessId?: 'member' | 'owner';
  readonly principal?: { readonly displayName: string | null } | null;
  readonly roleDefinition?: { readonly displayName: string } | null;
  readonly scheduleInfo: { readonly expiration: { readonly endDateTime: string | null } };
  readonly memberType?: string;
}

/** A person's wish for more time, as an administrator has to answer it. */
export interface TimeRequest {
  readonly id: string;
  readonly action: 'selfExtend' | 'selfRenew';
  readonly principalId: string;
  readonly principal?: { readonly displayName: string | null } | null;
  readonly justification: string | null;
  readonly createdDateTime: string;
  readonly scheduleInfo: {
    readonly expiration: {
      readonly type: string;
      readonly duration: string | null;
      readonly endDateTime: string | null;
    };
  };
}

/** A group that PIM manages, or may. */
export interface ManageableGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly isAssignableToRole: boolean;
  readonly isManaged: boolean;
  readonly managedSinceDateTime: string | null;
}

/** What assignments are listed and made for. */
export type Subject =
  | { readonly of: 'role'; readonly roleId: string }
  | { readonly of: 'group'; readonly groupId: string }
  /** The roles of a group. */
  | { readonly of: 'principal'; readonly principalId: string };

export type Mode = 'eligible' | 'active';

const directory = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';

/** Where schedules of a mode are listed. */
export function schedulesPath(subject: Subject, mode: Mode): string {
  const collection = mode === 'eligible' ? 'ligibilitySchedules' : 'ssignmentSchedules';
  const [e, a] = mode === 'eligible' ? ['e', 'E'] : ['a', 'A'];
  switch (subject.of) {
    case 'role':
      return `${directory}/role${a}${collection}?$filter=roleDefinitionId eq '${subject.roleId}'&$expand=principal`;
    case 'principal':
      return `${directory}/role${a}${collection}?$filter=principalId eq '${subject.principalId}'&$expand=roleDefinition`;
    case 'group':
      return `${groups}/${e}${collection}?$filter=groupId eq '${subject.groupId}'&$expand=principal`;
    default:
      return subject satisfies never;
  }
}

/** Where a request about a mode is sent. */
export function requestsPath(subject: Subject, mode: Mode): string {
  if (subject.of === 'group') {
    return `${groups}/${mode === 'eligible' ? 'eligibility' : 'assignment'}ScheduleRequests`;
  }
  return `${directory}/role${mode === 'eligible' ? 'Eligibility' : 'Assignment'}ScheduleRequests`;
}

/** Where wishes for more time are listed that wait for an administrator. */
export function waitingPath(subject: Subject, mode: Mode): string {
  return `${requestsPath(subject, mode)}?$filter=${aboutOf(subject)} and status eq 'PendingAdminDecision'&$expand=principal`;
}

function aboutOf(subject: Subject): string {
  switch (subject.of) {
    case 'role':
      return `roleDefinitionId eq '${subject.roleId}'`;
    case 'principal':
      return `principalId eq '${subject.principalId}'`;
    case 'group':
      return `groupId eq '${subject.groupId}'`;
    default:
      return subject satisfies never;
  }
}
