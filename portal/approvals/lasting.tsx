import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import type { Schedule } from './wire.ts';

/** How long something is asked for: a length, until a day, or without end. */
export function Lasting({ schedule: { expiration } }: { readonly schedule: Schedule }) {
  const { t, duration } = useWords();
  if (expiration.duration !== null) return duration(expiration.duration);
  return expiration.endDateTime === null ? t('parts.time.permanent') : <Time at={expiration.endDateTime} as="short" />;
}
