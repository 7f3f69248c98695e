import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What a page keeps in its address, so that it can be shared, reloaded and gone back to. */
export interface Address {
  /** The value of a name; `''` if it is not there. */
  get(name: string): string;
  /** Puts values in; `''` takes one out. In place of the address before, unless `push` asks for a step to go back to. */
  set(values: Readonly<Record<string, string>>, how?: 'replace' | 'push'): void;
  /** Puts values in and takes all others out: another part of the page begins. */
  start(values: Readonly<Record<string, string>>): void;
}

/** Reads and writes the query part of the page's address. */
export function useAddress(): Address {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const get = useCallback((name: string) => textOf(search[name]), [search]);
  const set = useCallback<Address['set']>(
    (values, how = 'replace') =>
      void navigate({
        to: '.',
        search: (old: Readonly<Record<string, unknown>>) => withoutBlanks({ ...old, ...values }),
        replace: how === 'replace',
        resetScroll: false,
      } as never),
    [navigate],
  );
  const start = useCallback<Address['start']>(
    (values) => void navigate({ to: '.', search: withoutBlanks(values), resetScroll: false } as never),
    [navigate],
  );
  return { get, set, start };
}

/** The router reads `?q=42` as a number. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function withoutBlanks(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
