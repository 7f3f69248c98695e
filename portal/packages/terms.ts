import { millisecondsOf, useWords } from '../words/use-words.ts';
import type { Expiration } from './wire.ts';

/** How long access lasts, in words. */
export function useTerms() {
  const { t, duration, shortly } = useWords();
  const lasting = ({ type, duration: length, endDateTime }: Expiration): string => {
    if (type === 'afterDuration' && length !== null) return duration(length);
    if (type === 'afterDateTime' && endDateTime !== null) return t('access.until', { end: shortly(endDateTime) });
    return t('access.noEnd');
  };
  /** Of several policies: the shortest and the longest. */
  const range = (all: readonly Expiration[]): string => {
    const [first, ...rest] = all.toSorted((one, other) => lengthOf(one) - lengthOf(other)).map(lasting);
    const last = rest.at(-1);
    if (first === undefined) return '';
    return last === undefined || last === first ? first : t('access.range', { from: first, to: last });
  };
  /** How many stages of approval several policies have. */
  const stages = (counts: readonly number[]): string => {
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    if (least === most) return t('access.stages', { count: most });
    return least === 0 ? t('access.stagesUpTo', { most }) : t('access.stagesRange', { least, most });
  };
  return { lasting, range, stages };
}

function lengthOf({ type, duration, endDateTime }: Expiration): number {
  if (type === 'afterDuration' && duration !== null) return millisecondsOf(duration);
  return endDateTime === null ? Number.MAX_SAFE_INTEGER : Date.parse(endDateTime);
}
