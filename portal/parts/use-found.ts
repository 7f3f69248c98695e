import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import type { ApiError } from '../api/errors.ts';
import type { Collection } from '../api/queries.ts';
import type { Picked, PickSource } from './picked.ts';
import { usePaused } from './use-paused.ts';

/** How long somebody stops typing before the server is asked. */
const pauseMs = 200;

interface Found {
  readonly items: readonly Picked[];
  readonly isPending: boolean;
  readonly error: ApiError | null;
}

/** What the sources have for a text, while somebody looks. */
export function useFound(sources: readonly PickSource[], text: string, isLooking: boolean): Found {
  const asked = usePaused(text.trim(), pauseMs);
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['found', source.path(asked)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call<Collection<never>>(source.path(asked), {
          signal,
          ...(source.headers === undefined ? {} : { headers: source.headers }),
        }),
      enabled: isLooking,
      placeholderData: keepPreviousData,
    })),
  });
  return {
    items: answers.flatMap(({ data }, index) =>
      (data?.value ?? []).flatMap((item) => sources[index]?.read(item) ?? []),
    ),
    isPending: answers.some(({ isFetching }) => isFetching) || asked !== text.trim(),
    error: (answers.find(({ error }) => error !== null)?.error ?? null) as ApiError | null,
  };
}
