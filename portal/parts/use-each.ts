import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refresh } from '../api/queries.ts';
import { useWords } from '../words/use-words.ts';
import { explainInOneLine } from './explain.ts';

/** What was refused about one of several. */
interface Failure<T> {
  readonly item: T;
  readonly message: string;
  readonly fault: unknown;
}

interface Each<T> {
  /**
   * Does it for one after the other; what is done stays done. Afterwards what is on the page is read again, once.
   * Rejects with the first refusal, once all were tried; `failures` has those that are left.
   */
  run(items: readonly T[], send: (item: T) => Promise<unknown>): Promise<void>;
  readonly failures: readonly Failure<T>[];
  /** How many have been tried so far; null while nothing runs. */
  readonly tried: number | null;
  /** Forgets what was refused: the next attempt begins. */
  reset(): void;
}

/** The same change of several things, each of which may be refused for reasons of its own. */
export function useEach<T>(): Each<T> {
  const client = useQueryClient();
  const { t } = useWords();
  const [failures, setFailures] = useState<readonly Failure<T>[]>([]);
  const [tried, setTried] = useState<number | null>(null);
  const run: Each<T>['run'] = async (items, send) => {
    const refused: { readonly item: T; readonly fault: unknown }[] = [];
    setFailures([]);
    for (const [index, item] of items.entries()) {
      setTried(index);
      try {
        await send(item);
      } catch (fault) {
        refused.push({ item, fault });
      }
    }
    setTried(null);
    setFailures(refused.map(({ item, fault }) => ({ item, fault, message: explainInOneLine(fault, t) })));
    await refresh(client);
    const [first] = refused;
    if (first !== undefined) throw first.fault;
  };
  return { run, failures, tried, reset: () => setFailures([]) };
}
