import { millisecondsOf } from '../words/use-words.ts';

/** Units that lengths of time are chosen in. */
export type DurationUnit = 'days' | 'hours' | 'minutes';

const lengths: Readonly<Record<DurationUnit, number>> = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 };

/**
 * The unit in which an ISO 8601 duration is told: that in which it is written (`PT24H`: hours), else the largest that
 * it is a whole number of. Null for what is no duration, or a whole number of none of the units.
 */
export function unitIn(iso: string, units: readonly DurationUnit[]): DurationUnit | null {
  const written = /^P\d+D$/.test(iso)
    ? 'days'
    : /^PT\d+H$/.test(iso)
      ? 'hours'
      : /^PT\d+M$/.test(iso)
        ? 'minutes'
        : null;
  if (written !== null && units.includes(written)) return written;
  const length = millisecondsOf(iso);
  if (Number.isNaN(length)) return null;
  return units.find((unit) => length % lengths[unit] === 0) ?? null;
}

/** How many of a unit a duration is, as text for a field; `''` for what is no duration. */
export function amountIn(iso: string, unit: DurationUnit): string {
  const length = millisecondsOf(iso);
  return Number.isNaN(length) ? '' : String(length / lengths[unit]);
}

/** The ISO 8601 duration of so many of a unit; `''` where it is no whole number of at least one. */
export function durationOf(amount: string, unit: DurationUnit): string {
  if (!/^\d{1,6}$/.test(amount.trim()) || Number(amount) === 0) return '';
  const count = Number(amount);
  if (unit === 'days') return `P${count}D`;
  return unit === 'hours' ? `PT${count}H` : `PT${count}M`;
}
