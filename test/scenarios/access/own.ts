import type { AccessCase, Fixtures } from './fixtures.ts';

/** What Graph has no word for. Paths of operations and requests begin with `/sallyport`. */
export async function ownCases({
  first,
  made,
  user,
}: Pick<Fixtures, 'first' | 'made' | 'user'>): Promise<AccessCase[]> {
  const policy = await first('/identityGovernance/entitlementManagement/assignmentPolicies');
  const catalog = await first('/identityGovernance/entitlementManagement/catalogs');
  const two = async () => ({ accountIds: [await user(), await user()] });
  const linked = async () => `/sallyport/linkedAccounts/${await made('/sallyport/linkedAccounts', await two())}`;
  return [
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
