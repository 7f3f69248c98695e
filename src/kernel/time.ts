/** A point of governance time, at microseconds. */
export type Instant = Temporal.Instant;

/** A half-open window `[from, until)`; `until: null` is permanent. */
export interface Window {
  readonly from: Instant;
  readonly until: Instant | null;
}

const durationText = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/i;

/** The longest duration taken anywhere: ten years and a bit (Entra's package lifecycle knows 3660 days). */
export const longestDuration = Temporal.Duration.from({ hours: 3660 * 24 });

/** The last instant that the wire and the database can both write: the end of the year 9999. */
export const lastInstant: Instant = Temporal.Instant.from('9999-12-31T23:59:59.999999Z');

const firstInstant: Instant = Temporal.Instant.from('0001-01-01T00:00:00Z');

/** Reads the machine's clock, cut to microseconds, which is what the database keeps. */
export function wallClock(): Instant {
  return toMicroseconds(Temporal.Now.instant());
}

/** Cuts an instant to microseconds, towards the past. */
export function toMicroseconds(instant: Instant): Instant {
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'floor' });
}

/** Parses an ISO 8601 instant with an offset (`Z` or `+02:00`); null if it is none of the years 1 to 9999. */
export function parseInstant(text: string): Instant | null {
  try {
    const instant = toMicroseconds(Temporal.Instant.from(text));
    return isBefore(instant, firstInstant) || isBefore(lastInstant, instant) ? null : instant;
  } catch {
    return null;
  }
}

/**
 * Parses an ISO 8601 duration of days, hours, minutes and seconds into hours and below, a day being 24 hours.
 * Gives null for anything else: months and years have no fixed length, and Entra takes none of them here.
 */
export function parseDuration(text: string): Temporal.Duration | null {
  if (!durationText.test(text) || !/\d/.test(text) || /T$/i.test(text)) return null;
  try {
    const parsed = Temporal.Duration.from(text.toUpperCase());
    const flat = parsed.round({ largestUnit: 'hours', smallestUnit: 'microseconds' });
    return Temporal.Duration.compare(flat, longestDuration) > 0 ? null : flat;
  } catch {
    return null;
  }
}

/** The instant that lies a duration (as `parseDuration` reads it) after another. */
export function after(instant: Instant, duration: Temporal.Duration): Instant {
  return toMicroseconds(instant.add(duration.round({ largestUnit: 'hours' })));
}

export function isBefore(a: Instant, b: Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

/** Whether the instant lies in the window: `from <= at < until`. */
export function contains(window: Window, at: Instant): boolean {
  return !isBefore(at, window.from) && (window.until === null || isBefore(at, window.until));
}

/** The earliest of several ends, null meaning "never". */
export function earliest(...ends: readonly (Instant | null)[]): Instant | null {
  return ends.reduce((a, b) => (a === null ? b : b === null ? a : isBefore(b, a) ? b : a), null);
}

/** The latest of several ends, null meaning "never". */
export function latest(...ends: readonly (Instant | null)[]): Instant | null {
  if (ends.some((end) => end === null)) return null;
  return ends.reduce((a, b) => (a === null ? b : b !== null && isBefore(a, b) ? b : a), null);
}

/** The instants that lie so many days before another, of those that are yet to come. */
export function marksBefore(end: Instant, days: readonly number[], now: Instant): Instant[] {
  return days.map((count) => end.subtract({ hours: 24 * count })).filter((mark) => isBefore(now, mark));
}
