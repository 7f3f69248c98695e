import type { Mode, Privilege } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Sendable } from './contract.ts';

const roles = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';

/** The request of Graph by which a person does something about what is their own. */
export function sendableFor(
  { kind, id, scope }: Privilege,
  mode: Mode,
  action: 'selfActivate' | 'selfDeactivate' | 'selfExtend' | 'selfRenew',
  principalId: Id,
): Sendable {
  if (kind === 'role') {
    const set = mode === 'eligible' ? 'roleEligibilityScheduleRequests' : 'roleAssignmentScheduleRequests';
    return { path: `${roles}/${set}`, body: { action, principalId, roleDefinitionId: id, directoryScopeId: scope } };
  }
  const set = mode === 'eligible' ? 'eligibilityScheduleRequests' : 'assignmentScheduleRequests';
  const accessId = kind === 'group-owner' ? 'owner' : 'member';
  return { path: `${groups}/${set}`, body: { action, principalId, groupId: id, accessId } };
}
