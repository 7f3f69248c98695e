import type { AccessCase } from './fixtures.ts';

/** What Graph has no word for. Paths of operations and requests begin with `/sallyport`. */
export async function ownCases(): Promise<AccessCase[]> {
  return [
    {
      operation: 'PATCH /sallyport/settings',
      rows: ['governanceSettings.update'],
      prepare: async () => ({ path: '/sallyport/settings', body: { separationOfDuties: 'oneDirectional' } }),
    },
  ];
}
