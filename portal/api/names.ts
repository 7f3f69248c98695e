import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './client.ts';
import type { ApiError } from './errors.ts';
import type { Collection } from './queries.ts';

/** Somebody or something of the directory, by its name. */
export interface Named {
  readonly id: string;
  readonly kind: 'user' | 'group' | 'servicePrincipal';
  readonly displayName: string;
}

interface DirectoryObject {
  readonly '@odata.type': string;
  readonly id: string;
  readonly displayName: string | null;
}

const most = 1000;

/**
 * What users, groups and applications are called; those that are gone, or that nobody may know of, are missing. Until
 * the server has told, everybody is called `…`.
 */
export function useNames(ids: readonly string[]): ReadonlyMap<string, Named> {
  const joined = [...new Set(ids)].sort().slice(0, most).join(' ');
  const asked = useMemo(() => joined.split(' ').filter((id) => id !== ''), [joined]);
  const { data } = useQuery<ReadonlyMap<string, Named>, ApiError>({
    queryKey: ['names', asked],
    queryFn: ({ signal }) => readNames(asked, signal),
    enabled: asked.length > 0,
    placeholderData: (before) => before,
  });
  return useMemo(
    () => data ?? new Map(asked.map((id): [string, Named] => [id, { id, kind: 'user', displayName: '…' }])),
    [data, asked],
  );
}

async function readNames(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Named>> {
  const found = await call<Collection<DirectoryObject>>('/v1.0/directoryObjects/getByIds', {
    method: 'POST',
    body: { ids, types: ['user', 'group', 'servicePrincipal'] },
    signal,
  });
  return new Map(found.value.map((one) => [one.id, namedOf(one)]));
}

function namedOf({ '@odata.type': type, id, displayName }: DirectoryObject): Named {
  const kind = type.endsWith('.group') ? 'group' : type.endsWith('.user') ? 'user' : 'servicePrincipal';
  return { id, kind, displayName: displayName ?? id };
}
