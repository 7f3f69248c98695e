import type { Mode, Privilege } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Sendable } from './contract.ts';

const roles = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';

/** Where requests about a privilege are made in Graph. */
export function requestsPath({ kind }: Pick<Privilege, 'kind'>, mode: Mode): string {
  if (kind === 'role') {
    return `${roles}/${mode === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests'}`;
  }
  return `${groups}/${mode === 'eligible' ? 'eligibilityScheduleRequests' : 'assignmentScheduleRequests'}`;
}

/** The request of Graph by which a person does something about what is their own. */
export function sendableFor(
  { kind, id, scope }: Privilege,
  mode: Mode,
  action: 'selfActivate' | 'selfDeactivate' | 'selfExtend' | 'selfRenew',
  principalId: Id,
): Sendable {
  const path = requestsPath({ kind }, mode);
  if (kind === 'role') return { path, body: { action, principalId, roleDefinitionId: id, directoryScopeId: scope } };
  const accessId = kind === 'group-owner' ? 'owner' : 'member';
  return { path, body: { action, principalId, groupId: id, accessId } };
}
