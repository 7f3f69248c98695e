import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Explanation } from '../../../src/entitlements/explain/contract.ts';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/errors.ts';
import { type Collection, useGet } from '../../api/queries.ts';
import { withOptions } from '../../parts/picked.ts';
import { entitlements, type Requirements } from '../wire.ts';
import type { Wish } from './draft.ts';

/** What has to be brought to ask for a package, policy by policy. Graph asks for it by a POST that changes nothing. */
export function useRequirements(packageId: string): UseQueryResult<Collection<Requirements>, ApiError> {
  const path = `${entitlements}/accessPackages/${packageId}/getApplicablePolicyRequirements`;
  return useQuery<Collection<Requirements>, ApiError>({
    queryKey: [path],
    queryFn: ({ signal }) => call<Collection<Requirements>>(path, { method: 'POST', signal }),
  });
}

/** What would come of asking, as far as it is known for whom and by which policy. */
export function useExplanation(packageId: string, { policyId, targetId }: Pick<Wish, 'policyId' | 'targetId'>) {
  return useGet<Explanation>(withOptions('/sallyport/explain', { accessPackageId: packageId, policyId, targetId }));
}
