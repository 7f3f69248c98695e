import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earliest } from '../kernel/time.ts';
import { bindingEnd, type Ending } from './ending.ts';

const origin = Temporal.Instant.from('2027-01-04T12:00:00Z');
const at = (days: number) => origin.add({ hours: 24 * days });

test('the earliest end binds, and says why', () => {
  const endings: Ending[] = [
    { at: at(180), by: 'policy' },
    { at: null, by: 'requested' },
    { at: at(40), by: 'eligibilityMaximum', id: 'group' },
  ];
  expect(bindingEnd(endings)).toEqual({ until: at(40), binding: { by: 'eligibilityMaximum', id: 'group' } });
});

test('of equal ends the first is told', () => {
  const endings: Ending[] = [
    { at: at(30), by: 'policy' },
    { at: at(30), by: 'eligibilityMaximum', id: 'group' },
  ];
  expect(bindingEnd(endings).binding).toEqual({ by: 'policy' });
});

test('without ends nothing binds', () => {
  expect(bindingEnd([{ at: null, by: 'policy' }])).toEqual({ until: null, binding: null });
});

test('is the end of one of the endings, and no other of them is earlier', () => {
  const ending = fc.record({
    at: fc.option(fc.integer({ min: 0, max: 5 }).map(at), { nil: null }),
    by: fc.constantFrom('policy', 'requested', 'link'),
  });
  fc.assert(
    fc.property(fc.array(ending), (endings) => {
      const { until, binding } = bindingEnd(endings);
      expect(until).toEqual(earliest(null, ...endings.map((one) => one.at)));
      if (until !== null) expect(endings).toContainEqual({ at: until, ...binding });
    }),
  );
});
