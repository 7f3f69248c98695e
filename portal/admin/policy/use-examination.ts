import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Examination } from '../../../src/entitlements/reachability/contract.ts';
import { call } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import { withOptions } from '../../parts/picked.ts';
import { usePaused } from '../../parts/use-paused.ts';
import type { PolicyDraft } from './draft.ts';
import { bodyOf } from './wire.ts';

/** Where a policy is, or would be. */
export interface Place {
  readonly catalogId: string;
  /** Null for a package that is yet to be made. */
  readonly packageId: string | null;
}

/** How long somebody stops typing before the server looks at it. */
const pauseMs = 350;

interface Looked {
  /** What the server says of the draft as it was a moment ago; undefined until it has said something. */
  readonly examination: Examination | undefined;
  readonly isPending: boolean;
  readonly error: ApiError | null;
}

/** Has the server look at a policy while somebody writes it, by the functions that decide when it is kept. */
export function useExamination(draft: PolicyDraft, { catalogId, packageId }: Place): Looked {
  const text = JSON.stringify({ body: bodyOf(draft, packageId), same: draft.allowsSameApproverInSeveralStages });
  const asked = usePaused(text, pauseMs);
  const { data, error, isFetching } = useQuery<Examination, ApiError>({
    queryKey: ['examination', catalogId, asked],
    queryFn: ({ signal }) => examine(asked, catalogId, signal),
    placeholderData: keepPreviousData,
    enabled: catalogId !== '',
  });
  return { examination: data, isPending: isFetching || asked !== text, error };
}

async function examine(asked: string, catalogId: string, signal: AbortSignal): Promise<Examination> {
  const { body, same } = JSON.parse(asked) as { body: object; same: boolean };
  const path = withOptions('/sallyport/assignmentPolicies/examine', {
    catalogId,
    allowsSameApproverInSeveralStages: String(same),
  });
  try {
    return await call<Examination>(path, { method: 'POST', body, signal });
  } catch (fault) {
    // A document that cannot even be read is one with a fault.
    if (!(fault instanceof ApiError) || fault.status !== 400) throw fault;
    const { code, message, target } = fault;
    return { faults: [{ code, message, target }], reachability: null };
  }
}
