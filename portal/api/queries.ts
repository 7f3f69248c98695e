import {
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallOptions, call, type Method } from './client.ts';
import type { ApiError } from './errors.ts';

/** A collection as Graph sends it. */
export interface Collection<T> {
  readonly value: readonly T[];
  readonly '@odata.count'?: number;
  readonly '@odata.nextLink'?: string;
}

/** Counting needs this beside `$count=true`, for users and groups. */
export const eventual = { ConsistencyLevel: 'eventual' } as const;

export interface GetOptions {
  readonly enabled?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads one thing and keeps it true: what changes on the server is read again. */
export function useGet<T>(path: string, { enabled = true, headers }: GetOptions = {}): UseQueryResult<T, ApiError> {
  return useQuery<T, ApiError>({
    queryKey: [path],
    queryFn: ({ signal }) => call<T>(path, { signal, ...(headers === undefined ? {} : { headers }) }),
    enabled,
  });
}

/** Reads a collection page by page, as far as somebody scrolls; `first` is its first page, with what stands beside the rows. */
export function usePages<T, C extends Collection<T> = Collection<T>>(
  path: string,
  { enabled = true, headers }: GetOptions = {},
): Pages<T> & { readonly first: C | undefined } {
  const query = useInfiniteQuery<C, ApiError, { pages: C[] }, [string], string>({
    queryKey: [path],
    queryFn: ({ pageParam, signal }) => call<C>(pageParam, { signal, ...(headers === undefined ? {} : { headers }) }),
    initialPageParam: path,
    getNextPageParam: (last) => nextPath(last),
    enabled,
  });
  const pages = query.data?.pages ?? [];
  const [first] = pages;
  return { query, items: pages.flatMap(({ value }) => value), count: first?.['@odata.count'] ?? null, first };
}

/** A list that is read at once, as one of a single page. */
export function onePage<T>(query: UseQueryResult<unknown, ApiError>, items: readonly T[]): Pages<T> {
  const { isPending, isError, error, refetch } = query;
  const read = { isPending, isError, error, refetch, fetchNextPage: refetch };
  return { query: { ...read, hasNextPage: false, isFetchingNextPage: false }, items, count: items.length };
}

/** How the reading of a list stands, and how to read on. */
type Reading = Pick<
  UseInfiniteQueryResult<unknown, ApiError>,
  'isPending' | 'isError' | 'error' | 'hasNextPage' | 'isFetchingNextPage'
> & {
  refetch(): Promise<unknown>;
  fetchNextPage(): Promise<unknown>;
};

export interface Pages<T> {
  readonly query: Reading;
  readonly items: readonly T[];
  /** How many there are in all, if the path asks for `$count=true`. */
  readonly count: number | null;
}

/** Links to next pages are absolute; behind a proxy their host may not be the one that this page came from. */
function nextPath(page: Collection<unknown>): string | undefined {
  const link = page['@odata.nextLink'];
  if (link === undefined) return undefined;
  const { pathname, search } = new URL(link, location.origin);
  return pathname + search;
}

/** A change to send. */
export interface Change {
  readonly method: Exclude<Method, 'GET'>;
  readonly path: string;
  readonly body?: unknown;
}

/** Sends a change; whatever is on the page is then read again before the promise resolves. */
export function useSend<T = unknown>(): UseMutationResult<T, ApiError, Change> {
  const client = useQueryClient();
  return useMutation<T, ApiError, Change>({
    mutationFn: ({ path, ...rest }) => call<T>(path, rest satisfies CallOptions),
    onSettled: () => refresh(client),
  });
}

/** Reads again what is on the page. */
export async function refresh(client: QueryClient): Promise<void> {
  await client.invalidateQueries();
}
