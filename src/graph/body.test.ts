import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../kernel/outcome.ts';
import { readBody } from './body.ts';
import {
  anything,
  bool,
  date,
  duration,
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  oneOfTypes,
  readOnly,
  reference,
  required,
  shape,
  text,
} from './schema.ts';

const subject = oneOfTypes({
  '#microsoft.graph.singleUser': shape({ userId: required(guid()), description: nullable(text()) }),
  '#microsoft.graph.groupMembers': shape({ groupId: required(guid()) }),
});

const policy = shape(
  {
    displayName: required(text({ minLength: 1, maxLength: 20 })),
    kind: enumOf(['notSpecified', 'allMembers']),
    expires: nullable(shape({ at: instant(), on: date(), after: duration() })),
    requestApprovalSettings: shape({
      isRequired: bool(),
      stages: listOf(shape({ durationBeforeAutomaticDenial: duration(), primaryApprovers: listOf(subject) }), {
        maxItems: 3,
      }),
    }),
    priority: int({ minimum: 0 }),
    assignment: shape({ targetId: guid() }, { welcome: ['targetId'] }),
    'members@odata.bind': listOf(reference(), { maxItems: 20 }),
    extra: anything(),
  },
  { readOnly: readOnly('id', 'createdDateTime'), aliases: { accessPackageAssignment: 'assignment' } },
);

const id = '00000000-0000-4000-8000-00000000000A';
const read = (body: unknown, schema: TSchema | undefined = policy) =>
  readBody(typeof body === 'string' ? body : JSON.stringify(body), schema);

function refusal(body: unknown, schema?: TSchema): { code: string; target: string | undefined } {
  try {
    read(body, schema);
  } catch (error) {
    if (error instanceof RefusedError) return { code: error.refusal.code, target: error.refusal.target };
    throw error;
  }
  throw new Error('The body was taken.');
}

describe('a body', () => {
  it('is taken as clients send it and handed on as Graph spells it', () => {
    const sent = {
      '@odata.context': 'x',
      'displayName@odata.type': '#String',
      id: 'whatever',
      createdDateTime: 5,
      displayName: 'P',
      kind: 'AllMembers',
      expires: { '@odata.type': 'microsoft.graph.expiration', at: '2026-01-01T00:00:00+02:00', after: 'P14D' },
      requestApprovalSettings: {
        stages: [
          {
            durationBeforeAutomaticDenial: 'P2D',
            primaryApprovers: [
              { '@odata.type': 'microsoft.graph.SingleUser', userId: id, 'userId@odata.type': '#Guid' },
              { '@odata.type': '#microsoft.graph.groupMembers', groupId: id },
            ],
          },
        ],
      },
      accessPackageAssignment: { targetId: id },
      'members@odata.bind': ["https://graph.microsoft.com/v1.0/directoryObjects('x')"],
    };
    expect(read(sent)).toEqual({
      displayName: 'P',
      kind: 'allMembers',
      expires: { at: '2026-01-01T00:00:00+02:00', after: 'P14D' },
      requestApprovalSettings: {
        stages: [
          {
            durationBeforeAutomaticDenial: 'P2D',
            primaryApprovers: [
              { '@odata.type': '#microsoft.graph.singleUser', userId: id },
              { '@odata.type': '#microsoft.graph.groupMembers', groupId: id },
            ],
          },
        ],
      },
      assignment: { targetId: id },
      'members@odata.bind': ["https://graph.microsoft.com/v1.0/directoryObjects('x')"],
    });
    expect(read({ displayName: 'P', expires: null })).toEqual({ displayName: 'P', expires: null });
  });

  it('may name a thing by its address where it is named by its id', () => {
    const named = shape({ catalog: shape({ id: required(guid()) }), displayName: text() });
    const at = `https://graph.microsoft.com/v1.0/identityGovernance/entitlementManagement/catalogs/${id}`;
    expect(read({ 'catalog@odata.bind': at }, named)).toEqual({ catalog: { id } });
    expect(read({ 'displayName@odata.bind': at, 'nothing@odata.bind': at }, named)).toEqual({});
    expect(refusal({ 'catalog@odata.bind': 'nowhere' }, named).target).toBe('catalog/id');
  });

  it('may have truths and whole numbers as texts where its shape takes them, at any depth', () => {
    const inner = shape({ isRequired: nullable(bool()), sequence: int(), text: text() });
    const lenient = shape({ settings: inner, questions: listOf(inner) }, { takesTexts: true });
    const sent = { isRequired: 'true', sequence: '-2', text: 'true' };
    const taken = { isRequired: true, sequence: -2, text: 'true' };
    expect(read({ settings: sent, questions: [sent] }, lenient)).toEqual({ settings: taken, questions: [taken] });
    for (const wrong of [{ isRequired: 'yes' }, { sequence: '1.5' }, { sequence: '' }, { text: 5 }]) {
      const target = `settings/${Object.keys(wrong)[0]}`;
      expect(refusal({ settings: wrong }, lenient)).toEqual({ code: 'BadRequest', target });
    }
    expect(refusal({ settings: sent }, shape({ settings: inner }))).toEqual({
      code: 'BadRequest',
      target: 'settings/isRequired',
    });
  });

  const stage = (value: object) => ({ displayName: 'P', requestApprovalSettings: { stages: [value] } });
  const approver = (value: object) => stage({ primaryApprovers: [value] });
  const prefix = 'requestApprovalSettings/stages/0';

  it.each<[unknown, string]>([
    [{}, 'displayName'],
    [{ displayName: null }, 'displayName'],
    [{ displayName: '' }, 'displayName'],
    [{ displayName: 'P', frob: 1 }, 'frob'],
    [{ displayName: 'P', 'a/b': 1 }, 'a/b'],
    [{ displayName: 'P', kind: 'somebody' }, 'kind'],
    [{ displayName: 'P', kind: 3 }, 'kind'],
    [{ displayName: 'P', priority: '3' }, 'priority'],
    [{ displayName: 'P', priority: 1.5 }, 'priority'],
    [{ displayName: 'P', priority: -1 }, 'priority'],
    [{ displayName: 'P', expires: 5 }, 'expires'],
    [{ displayName: 'P', expires: { at: 'tomorrow' } }, 'expires/at'],
    [{ displayName: 'P', expires: { at: '+010000-01-01T00:00:00Z' } }, 'expires/at'],
    [{ displayName: 'P', expires: { on: '2026-02-30' } }, 'expires/on'],
    [{ displayName: 'P', expires: { after: 'P1M' } }, 'expires/after'],
    [{ displayName: 'P', expires: { frob: 1 } }, 'expires/frob'],
    [stage({ durationBeforeAutomaticDenial: 'one day' }), `${prefix}/durationBeforeAutomaticDenial`],
    [approver({ userId: id }), `${prefix}/primaryApprovers/0/@odata.type`],
    [approver({ '@odata.type': 5 }), `${prefix}/primaryApprovers/0/@odata.type`],
    [approver({ '@odata.type': '#microsoft.graph.dog' }), `${prefix}/primaryApprovers/0/@odata.type`],
    [approver({ '@odata.type': '#microsoft.graph.singleUser' }), `${prefix}/primaryApprovers/0/userId`],
    [
      approver({ '@odata.type': '#microsoft.graph.singleUser', userId: id, groupId: id }),
      `${prefix}/primaryApprovers/0/groupId`,
    ],
    [{ displayName: 'P', accessPackageAssignment: {}, assignment: {} }, 'accessPackageAssignment'],
    [{ displayName: 'P', 'members@odata.bind': [5] }, 'members@odata.bind/0'],
    [{ displayName: 'P', 'members@odata.bind': Array(21).fill('https://x/v1.0/users/1') }, 'members@odata.bind'],
    ['{"displayName":"P","extra":{"__proto__":1}}', 'extra/__proto__'],
    ['{"displayName":"P","extra":{"constructor":{"prototype":1}}}', 'extra/constructor'],
    ['{"displayName":"\\u0000"}', 'displayName'],
    ['{"displayName":"\\ud800"}', 'displayName'],
  ])('%j is refused by the name of what is wrong', (body, target) => {
    expect(refusal(body)).toEqual({ code: 'BadRequest', target });
  });

  it.each(['{', '', 'nul', '[]', '"x"', '5', 'null'])('%j is refused', (body) => {
    expect(refusal(body).code).toBe('BadRequest');
  });

  it('says that it is the body which is of the wrong kind, where it is', () => {
    for (const body of ['[]', '"x"', '1', 'null']) expect(() => read(body)).toThrow('The body must be');
  });

  it('is refused when it is too large', () => {
    expect(refusal(`"${'x'.repeat(1024 * 1024)}"`).code).toBe('BadRequest');
  });

  it('is refused when it nests too deeply', () => {
    const deep = `{"displayName":"P","extra":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(refusal(deep).code).toBe('BadRequest');
    expect(refusal('['.repeat(500_000)).code).toBe('BadRequest');
  });

  it('is not wanted where an operation takes none', () => {
    expect(readBody(undefined, undefined)).toBeUndefined();
    expect(readBody('{}', undefined)).toBeUndefined();
    expect(() => readBody('{"a":1}', undefined)).toThrow(RefusedError);
  });
});
