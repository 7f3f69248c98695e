/** An instant as `<input type="datetime-local">` takes it, in the zone of this browser; `''` for none. */
export function localText(instant: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return '';
  const shifted = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** The instant of a local day and time (`2026-11-25T14:03`); `''` while it is not whole. */
export function instantOf(local: string): string {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) ? new Date(local).getTime() : Number.NaN;
  return Number.isNaN(time) ? '' : new Date(time).toISOString().replace('.000Z', 'Z');
}
