import { newId } from '../../../src/kernel/ids.ts';
import type { AccessCase, Fixtures } from './fixtures.ts';

/** What Graph has no word for. Paths of operations and requests begin with `/sallyport`. */
export async function ownCases({
  first,
  made,
  user,
  group,
  good,
  admin,
  reference,
  play,
}: Fixtures): Promise<AccessCase[]> {
  const policy = await first('/identityGovernance/entitlementManagement/assignmentPolicies');
  const catalog = await first('/identityGovernance/entitlementManagement/catalogs');
  const two = async () => ({ accountIds: [await user(), await user()] });
  const linked = async () => `/sallyport/linkedAccounts/${await made('/sallyport/linkedAccounts', await two())}`;
  const protectedUser = async () => {
    const [id, groupId] = [await user(), await group(true)];
    good(await admin.post(`/groups/${groupId}/members/$ref`, reference(id)));
    return id;
  };
  const mine = '/sallyport/me/authentication';
  const own = (method: string, path: string, body?: object, answers?: number): AccessCase => ({
    operation: `${method} ${mine}/${path}`,
    rows: 'people',
    ...(answers === undefined ? {} : { answers }),
    prepare: async () => ({ path: `${mine}/${path}`, ...(body === undefined ? {} : { body }) }),
  });
  return [
    own('POST', 'changePassword', { password: 'correct horse battery staple' }),
    own('POST', 'passkeyOptions', { origin: new URL(play.url).origin }),
    own('POST', 'passkeys', { response: {} }, 400),
    own('PATCH', 'passkeys/{id}', { displayName: 'Named' }, 404),
    own('DELETE', 'passkeys/{id}', undefined, 404),
    {
      operation: 'DELETE /sallyport/me/sessions/{id}',
      rows: 'people',
      answers: 404,
      prepare: async () => ({ path: `/sallyport/me/sessions/${newId()}` }),
    },
    {
      operation: 'POST /sallyport/me/sessions/endOthers',
      rows: 'people',
      prepare: async () => ({ path: '/sallyport/me/sessions/endOthers' }),
    },
    own('POST', 'authenticatorAppSecret'),
    own('POST', 'authenticatorApp', { code: 'abcdef' }, 400),
    own('DELETE', 'authenticatorApp', undefined, 404),
    own('POST', 'recoveryCodes', undefined, 404),
    {
      operation: 'POST /users/{id}/revokeSignInSessions',
      rows: ['authenticationMethod.manage'],
      prepare: async () => ({ path: `/users/${await user()}/revokeSignInSessions` }),
    },
    {
      operation: 'POST /users/{id}/revokeSignInSessions',
      about: 'of who is in a group that can hold roles',
      rows: ['authenticationMethod.manage', 'authenticationMethod.managePrivileged'],
      prepare: async () => ({ path: `/users/${await protectedUser()}/revokeSignInSessions` }),
    },
    {
      operation: 'POST /sallyport/linkedAccounts',
      rows: ['linkedAccounts.manage'],
      prepare: async () => ({ path: '/sallyport/linkedAccounts', body: await two() }),
    },
    {
      operation: 'PATCH /sallyport/linkedAccounts/{id}',
      about: 'with others in place of those it had',
      rows: ['linkedAccounts.manage', 'linkedAccounts.unlink'],
      prepare: async () => ({ path: await linked(), body: await two() }),
    },
    {
      operation: 'DELETE /sallyport/linkedAccounts/{id}',
      rows: ['linkedAccounts.unlink'],
      prepare: async () => ({ path: await linked() }),
    },
    {
      operation: 'POST /sallyport/users/{id}/signInLink',
      rows: ['authenticationMethod.manage'],
      prepare: async () => ({ path: `/sallyport/users/${await user()}/signInLink`, body: {} }),
    },
    {
      operation: 'POST /sallyport/users/{id}/signInLink',
      about: 'for who is in a group that can hold roles',
      rows: ['authenticationMethod.manage', 'authenticationMethod.managePrivileged'],
      prepare: async () => ({ path: `/sallyport/users/${await protectedUser()}/signInLink`, body: {} }),
    },
    {
      operation: 'POST /sallyport/users/{id}/resetAuthentication',
      rows: ['authenticationMethod.manage'],
      prepare: async () => ({ path: `/sallyport/users/${await user()}/resetAuthentication` }),
    },
    {
      operation: 'POST /sallyport/groups/{id}/pim/enable',
      rows: ['roleManagementPolicy.updateForGroup'],
      prepare: async () => ({ path: `/sallyport/groups/${await group()}/pim/enable` }),
    },
    {
      operation: 'POST /sallyport/groups/{id}/pim/enable',
      about: 'for a group that can hold roles',
      rows: ['roleManagementPolicy.updateForRoleAssignableGroup'],
      prepare: async () => ({ path: `/sallyport/groups/${await group(true)}/pim/enable` }),
    },
    {
      operation: 'PATCH /sallyport/settings',
      rows: ['governanceSettings.update'],
      prepare: async () => ({ path: '/sallyport/settings', body: { separationOfDuties: 'oneDirectional' } }),
    },
    {
      operation: 'PATCH /sallyport/assignmentPolicies/{id}',
      rows: ['assignmentPolicy.manage'],
      prepare: async () => ({
        path: `/sallyport/assignmentPolicies/${policy?.['id']}`,
        body: { allowsSameApproverInSeveralStages: false },
      }),
    },
    {
      operation: 'POST /sallyport/assignmentPolicies/examine',
      rows: ['assignmentPolicy.manage'],
      prepare: async () => ({
        path: `/sallyport/assignmentPolicies/examine?catalogId=${catalog?.['id']}`,
        body: { displayName: 'Looked at' },
      }),
    },
    {
      operation: 'POST /sallyport/membershipRules/validate',
      rows: ['membershipRule.try'],
      prepare: async () => ({ path: '/sallyport/membershipRules/validate', body: { membershipRule: 'nonsense' } }),
    },
    {
      operation: 'POST /sallyport/membershipRules/try',
      rows: ['membershipRule.try'],
      prepare: async () => ({
        path: '/sallyport/membershipRules/try',
        body: { membershipRule: 'user.city -eq "Oslo"' },
      }),
    },
  ];
}
