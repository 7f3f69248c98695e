import { type Instant, wallClock } from '../kernel/time.ts';

/** A source of "now". Governance time and real time are two of them, and only the first can be moved. */
export interface Clock {
  now(): Instant;
}

/** Real time: for tokens, certificates and retries, never for what a person holds in a rehearsal. */
export const realClock: Clock = { now: wallClock };

/** Milliseconds since the process started: for waiting times, which no change of the machine's clock may stretch. */
export function uptimeMs(): number {
  return performance.now();
}
