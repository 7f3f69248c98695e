import { useMemo } from 'react';
import { type IntlShape, useIntl } from 'react-intl';
import type { MessageKey } from './catalogue.ts';

type Values = Readonly<Record<string, string | number>>;

/** Words, dates and durations in the person's language. */
export interface Speech {
  readonly intl: IntlShape;
  /** A text by its name. */
  t(key: MessageKey, values?: Values): string;
  /** An instant exactly: day, time and zone of the person. */
  exactly(at: string): string;
  /** An instant in short: `25 Nov, 14:03`. */
  shortly(at: string): string;
  /**
   * A length of time in its two largest units: `3 h 12 min`. `after`: as it stands after "in" or before "ago", where
   * languages bend it (German: *in 3 Tagen*, but *noch 3 Tage*).
   */
  length(milliseconds: number, place?: 'alone' | 'after'): string;
  /** An ISO 8601 duration (`P1D`, `PT8H`) in words. */
  duration(iso: string): string;
}

/** Gives the words of the language in force. */
export function useWords(): Speech {
  const intl = useIntl();
  return useMemo(() => speechOf(intl), [intl]);
}

function speechOf(intl: IntlShape): Speech {
  const t = (key: MessageKey, values?: Values) => intl.formatMessage({ id: key }, values);
  const length: Speech['length'] = (milliseconds, place = 'alone') => {
    const parts = unitsOf(milliseconds).map(([unit, count]) =>
      t(unit === 'days' && place === 'after' ? 'parts.duration.daysAfter' : `parts.duration.${unit}`, { count }),
    );
    return parts.join(' ');
  };
  return {
    intl,
    t,
    length,
    duration: (iso) => length(millisecondsOf(iso)),
    exactly: (at) => intl.formatDate(at, { dateStyle: 'full', timeStyle: 'long' }),
    shortly: (at) =>
      intl.formatDate(at, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
  };
}

type Unit = 'days' | 'hours' | 'minutes' | 'seconds';

/** The two largest units of a length of time, rounded down: nobody is promised a minute that they do not have. */
export function unitsOf(milliseconds: number): readonly (readonly [Unit, number])[] {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const all = [
    ['days', Math.floor(seconds / 86_400)],
    ['hours', Math.floor((seconds % 86_400) / 3600)],
    ['minutes', Math.floor((seconds % 3600) / 60)],
    ['seconds', seconds % 60],
  ] as const satisfies readonly (readonly [Unit, number])[];
  const first = all.findIndex(([, count]) => count > 0);
  if (first === -1) return [['seconds', 0]];
  return all.slice(first, first + 2).filter(([, count], index) => index === 0 || count > 0);
}

const written = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The length of an ISO 8601 duration as Graph writes them, in days, hours, minutes and seconds; NaN if it is none. */
export function millisecondsOf(iso: string): number {
  const parts = written.exec(iso);
  if (parts === null || iso.length < 3) return Number.NaN;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
