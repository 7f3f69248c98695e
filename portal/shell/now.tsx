import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** Governance time as the server told it. In a rehearsal it may stand still. */
export interface ToldTime {
  readonly now: string;
  readonly isRunning: boolean;
}

interface Told extends ToldTime {
  /** What this browser's clock said when it was told. */
  readonly heardAt: number;
}

const Clock = createContext<Told | null>(null);

/** Lets what is inside know governance time; the browser's own clock is only used to count on from it. */
export function ClockProvider({ told, children }: { readonly told: ToldTime; readonly children: ReactNode }) {
  const { now, isRunning } = told;
  const value = useMemo(() => ({ now, isRunning, heardAt: Date.now() }), [now, isRunning]);
  return <Clock value={value}>{children}</Clock>;
}

/** Governance time in milliseconds since 1970, anew every `everyMs` (one second). */
export function useNow(everyMs = 1000): number {
  const told = useContext(Clock);
  const [, tick] = useState(0);
  const runs = told?.isRunning ?? true;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => tick((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [runs, everyMs]);
  if (told === null) return Date.now();
  return Date.parse(told.now) + (told.isRunning ? Date.now() - told.heardAt : 0);
}
