import type { AccessCase, Fixtures } from './fixtures.ts';

/** What Graph has no word for. Paths of operations and requests begin with `/sallyport`. */
export async function ownCases({ first }: Pick<Fixtures, 'first'>): Promise<AccessCase[]> {
  const policy = await first('/identityGovernance/entitlementManagement/assignmentPolicies');
  return [
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
  ];
}
