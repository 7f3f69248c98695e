import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { face } from '../../test/toy.ts';
import { parseAddress } from './address.ts';
import type { EntitySet, GraphFace } from './declaration.ts';
import { enumeration, guid, many } from './properties.ts';
import { createRegistry } from './registry.ts';

const good: EntitySet = {
  name: 'things',
  type: 'microsoft.graph.thing',
  from: () => sql`things`,
  properties: { id: guid('id') },
  visible: () => sql`true`,
};

const faceOf = (set: Partial<EntitySet>, mounts: GraphFace['mounts'] = {}): GraphFace => ({
  sets: [{ ...good, ...set }],
  mounts,
  operations: [],
});

it('takes declarations that fit together', () => {
  expect(createRegistry([face, faceOf({}, { '/things': 'things' })]).set('things').type).toBe('microsoft.graph.thing');
});

it('takes paths in the words that they had before', () => {
  const renamed = { ...faceOf({}, { '/place/things': 'things' }), oldPaths: { '/place/oldThings': '/place/things' } };
  const { inPresentWords } = createRegistry([renamed]);
  const words = (path: string) => inPresentWords(parseAddress(path).segments).map(({ text }) => text);
  expect(words("/v1.0/place/OldThings('1')/do")).toEqual(['place', 'things', '1', 'do']);
  expect(words('/v1.0/place/things/1')).toEqual(['place', 'things', '1']);
});

it.each<[string, readonly GraphFace[]]>([
  ['a set twice', [faceOf({}), faceOf({})]],
  ['a mount of an unknown set', [faceOf({}, { '/things': 'nothing' })]],
  ['a mount twice', [faceOf({}, { '/things': 'things', '/THINGS': 'things' })]],
  ['an unknown target', [faceOf({ navigation: { to: many('nothing', () => sql`true`) } })]],
  ['an old name of no navigation', [faceOf({ oldNames: { before: 'after' } })]],
  ['an old path to nowhere', [{ ...faceOf({}), oldPaths: { '/before': '/after' } }]],
  ['a name twice in a set', [faceOf({ navigation: { id: many('things', () => sql`true`) } })]],
  ['a key that is no property', [faceOf({ key: 'nope' })]],
  ['an alternate key that is no property', [faceOf({ alternateKeys: ['nope'] })]],
  ['a derived type of an unknown set', [faceOf({ derived: { '#a': 'nothing' }, typeOf: () => sql`''` })]],
  ['derived types that cannot be told apart', [faceOf({ derived: { '#a': 'things' } })]],
  [
    'a set that is inlined in itself',
    [faceOf({ navigation: { to: { ...many('things', () => sql`true`), inline: true } } })],
  ],
  ['an order that is none', [faceOf({ order: 'a desc b' })]],
  [
    'later members that are none',
    [faceOf({ properties: { id: guid('id'), kind: enumeration(['a'], 'kind', { later: ['b'] }) } })],
  ],
  ['an operation twice', [face, { sets: [], mounts: {}, operations: face.operations }]],
])('refuses %s at start', (_what, faces) => {
  expect(() => createRegistry(faces)).toThrow('do not fit together');
});
