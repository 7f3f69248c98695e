import { expect, it } from 'vitest';

const at = (text: string) => ({ state: { is: 'ended', at: Temporal.Instant.from(text) } });

it('tells instants apart, however deep they lie', () => {
  expect(at('2030-01-01T08:00:00Z')).toMatchObject(at('2030-01-01T08:00:00.000Z'));
  expect(at('2030-01-01T08:00:00Z')).toEqual(at('2030-01-01T10:00:00+02:00'));
  expect(at('2030-01-01T08:00:00Z')).not.toMatchObject(at('2030-01-01T08:00:00.000001Z'));
  expect(at('2030-01-01T08:00:00Z')).not.toEqual(at('2030-01-01T08:00:00.000001Z'));
});
