import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findEventTypes, fits } from '../../docs/generator/events.ts';
import { readFlow } from '../../docs/generator/flow.ts';
import { meanings, transportMeanings } from '../../docs/generator/meanings.ts';
import { referencePages } from '../../docs/generator/pages.ts';
import { findCodes, findTransportCodes, untested } from '../../docs/generator/refusals.ts';
import { unproven } from '../../docs/generator/rules.ts';
import { activitiesOf } from '../../src/capabilities.ts';
import { readHouse } from './house.ts';

const house = readHouse(join(import.meta.dirname, '../..'));
const flow = readFlow(house);
const { codes, unread } = findCodes(flow);

test.each([...referencePages(house)])('%s is what `npm run docs` writes', (path, text) => {
  expect(house.get(path)).toBe(text);
});

describe('every refusal', () => {
  test('has a code that can be told from the code', () => {
    expect(unread).toEqual([]);
    expect(codes.length).toBeGreaterThan(90);
  });

  test('is in the catalogue, and nothing else is', () => {
    const known = { ...transportMeanings, ...meanings };
    expect(Object.keys(known).sort()).toEqual(codes.map(({ code }) => code).sort());
    expect(findTransportCodes(flow)).toEqual(Object.keys(transportMeanings).sort());
  });

  test('is produced by a test', () => {
    expect(untested(codes, house)).toEqual([]);
  });
});

describe('every documented rule and known pain', () => {
  test('has a test that proves it, or a reason why not', () => {
    expect(unproven(house).rules).toEqual([]);
  });

  test('is what tests say that they prove', () => {
    expect(unproven(house).tags).toEqual([]);
  });
});

describe('every event', () => {
  const types = Object.values(activitiesOf).flatMap((activities) => Object.keys(activities));
  // Due work that a rule refuses: kept under the kind of work, which is no activity of Microsoft's.
  const found = findEventTypes(flow).filter((one) => one !== 'due.*');

  test('has an activity', () => {
    expect(found.length).toBeGreaterThan(60);
    expect(found.filter((one) => !types.some((type) => fits(one, type)))).toEqual([]);
  });

  test('with an activity is recorded or attempted somewhere', () => {
    expect(types.filter((type) => !found.some((one) => fits(one, type)))).toEqual([]);
  });

  test('belongs to one capability', () => {
    expect(new Set(types).size).toBe(types.length);
  });
});

/** The codes and event types of one planted file, beside the kernel's. */
function plant(text: string, more: Readonly<Record<string, string>> = {}) {
  const planted = readFlow(new Map(Object.entries({ 'src/grants/planted.ts': text, ...more })));
  const seen = findCodes(planted);
  const ofTransport = new Set(Object.keys(transportMeanings));
  return {
    codes: seen.codes.filter(({ code }) => !ofTransport.has(code)).map(({ code, statuses }) => [code, ...statuses]),
    unread: seen.unread.length,
    events: findEventTypes(planted),
  };
}

describe('what the generator reads', () => {
  test.each([
    [`refuse('invalid', 'Plain', '')`, [['Plain', 400]]],
    [
      `refuse(is ? 'absent' : 'conflict', is ? 'One' : 'Two', '')`,
      [
        ['One', 404, 409],
        ['Two', 404, 409],
      ],
    ],
    [`throw new RefusedError({ kind: 'forbidden', code: 'Thrown', message })`, [['Thrown', 403]]],
    [`const code = 'Named'; refuse('invalid', code, '')`, [['Named', 400]]],
    [
      `function no(kind, code) { return refuse(kind, code, ''); } no('absent', 'One'); no('invalid', 'Two');`,
      [
        ['One', 404],
        ['Two', 400],
      ],
    ],
    [`function no({ code }) { refuse('invalid', code, ''); } no({ code: 'Inside' });`, [['Inside', 400]]],
    [`const set = { notFound: 'Missing' };`, [['Missing', 404]]],
  ])('%s', (text, expected) => {
    expect(plant(text)).toMatchObject({ codes: expected, unread: 0 });
  });

  test('follows names through files', () => {
    const text = `import { no as deny } from './no.ts'; deny('Far');`;
    const no = `export const no = (code) => refuse('invalid', code, '');`;
    expect(plant(text, { 'src/grants/no.ts': no }).codes).toEqual([['Far', 400]]);
  });

  test('says so where it cannot read a code', () => {
    expect(plant(`refuse('invalid', codes.get(x), '')`).unread).toBe(1);
  });

  test.each([
    [`tx.record({ type: 'a.b' })`, ['a.b']],
    [`const e = (kind, what) => \`\${kind}.\${what}\`; tx.record({ type: e(of(x), 'done') })`, ['*.done']],
    [`function save(asked) { tx.record({ type: asked.type }); } save({ type: 'a.b' });`, ['a.b']],
    [`operate(runtime, { caller, attempts: 'a.c' })`, ['a.c']],
  ])('%s', (text, expected) => {
    expect(plant(text).events).toEqual(expected);
  });
});
