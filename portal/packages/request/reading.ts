import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Explanation } from '../../../src/entitlements/explain/contract.ts';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/errors.ts';
import { withOptions } from '../../parts/picked.ts';
import type { Requirements } from '../wire.ts';
import type { Wish } from './draft.ts';

/**
 * What would come of asking, as far as it is known for whom and by which policy; and what each policy wants. While
 * another policy or person is looked at, the last answer stays: what has the focus does not go.
 */
export function useExplanation(
  packageId: string,
  { policyId, targetId }: Pick<Wish, 'policyId' | 'targetId'>,
  enabled: boolean,
): UseQueryResult<Explanation, ApiError> {
  const path = withOptions('/sallyport/explain', { accessPackageId: packageId, policyId, targetId });
  return useQuery<Explanation, ApiError>({
    queryKey: [path],
    queryFn: ({ signal }) => call<Explanation>(path, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** What the policies want by which it can be asked for; their questions are in Graph's shape. */
export function policiesOf(explanation: Explanation): readonly Requirements[] {
  return explanation.policies as readonly Requirements[];
}
