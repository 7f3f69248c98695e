import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { ApiError } from '../../api/errors.ts';
import { usePaused } from '../../parts/use-paused.ts';
import { type Line, membershipRules, type Trial, type Validation } from './wire.ts';

/** How long somebody stops typing before the server looks at it. */
const pauseMs = 200;

/** A rule as it is written: a text, or lines. */
export type Written = { readonly membershipRule: string } | { readonly expressions: readonly Line[] };

interface Looked {
  /** What the server says of exactly what is written now; undefined until it has. */
  readonly validation: Validation | undefined;
  readonly error: ApiError | null;
}

/** Has the server look at a rule while somebody writes it. `groupId`: owners of that group may ask too. */
export function useValidation(written: Written | null, groupId: string | null): Looked {
  const text = written === null ? '' : JSON.stringify({ ...written, ...of(groupId) });
  const asked = usePaused(text, pauseMs);
  const { data, error } = useQuery<Validation, ApiError>({
    queryKey: ['rule', asked],
    queryFn: ({ signal }) =>
      call(`${membershipRules}/validate`, { method: 'POST', body: JSON.parse(asked) as object, signal }),
    enabled: asked !== '',
  });
  return asked === text && text !== '' ? { validation: data, error } : { validation: undefined, error: null };
}

/** Tries a rule on some people, or (null) on everybody; an empty rule on nobody. */
export function useTrial(membershipRule: string, userIds: readonly string[] | null, groupId: string | null) {
  return useQuery<Trial, ApiError>({
    queryKey: ['rule-trial', membershipRule, userIds, groupId],
    queryFn: ({ signal }) =>
      call(`${membershipRules}/try`, {
        method: 'POST',
        body: { membershipRule, ...(userIds === null ? {} : { userIds }), ...of(groupId) },
        signal,
      }),
    enabled: membershipRule !== '' && (userIds === null || userIds.length > 0),
    placeholderData: keepPreviousData,
  });
}

function of(groupId: string | null): { readonly groupId?: string } {
  return groupId === null ? {} : { groupId };
}
