import { useEffect, useRef } from 'react';
import type { Privileges } from '../../src/desk/privileges/contract.ts';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';
import { type Ended, endedBetween } from './ended.ts';
import { keyOf } from './privilege-key.ts';

/**
 * Says which privileges are no longer active since they were last read, and why.
 *
 * @returns Takes what the person ends on this page: that is said where they do it.
 */
export function useEndings(held: Privileges | undefined): (privilege: Ended['privilege']) => void {
  const { t } = useWords();
  const toast = useToast();
  const before = useRef<Privileges | undefined>(undefined);
  const own = useRef(new Set<string>());
  useEffect(() => {
    const last = before.current;
    before.current = held;
    if (last === undefined || held === undefined || last === held) return;
    for (const ended of endedBetween(last, held)) {
      if (own.current.delete(keyOf(ended.privilege))) continue;
      toast.told(t('roles.over', { name: ended.privilege.displayName, why: t(whyOf(ended)) }));
    }
  }, [held, t, toast]);
  return (privilege) => own.current.add(keyOf(privilege));
}

function whyOf({ isPlanned, reason }: Ended) {
  if (!isPlanned) return reason === null ? 'roles.over.early' : (`roles.because.${reason}` as const);
  if (reason === 'policy') return 'roles.over.policy';
  return reason === 'link' ? 'roles.because.link-ended' : 'roles.over.time';
}
