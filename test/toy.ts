import { sql } from 'kysely';
import type { EntitySet, GraphFace, Operation, ReadContext, Row } from '../src/graph/declaration.ts';
import {
  bool,
  collectionOf,
  complex,
  composed,
  duration,
  enumeration,
  guid,
  instant,
  int,
  many,
  one,
  text,
} from '../src/graph/properties.ts';
import { enumOf, listOf, nullable, reference, required, shape, text as textSchema } from '../src/graph/schema.ts';
import type { Caller } from '../src/kernel/caller.ts';
import type { Database } from '../src/platform/database.ts';
import { type DatabaseKind, freshDatabase } from './postgres.ts';

/** A toy organisation, small enough to know by heart, on which the engine is tested. */
export const ids = {
  ada: '00000000-0000-4000-8000-00000000000a',
  ben: '00000000-0000-4000-8000-00000000000b',
  cyd: '00000000-0000-4000-8000-00000000000c',
  hidden: '00000000-0000-4000-8000-00000000000d',
  staff: '00000000-0000-4000-8000-0000000000f1',
  secret: '00000000-0000-4000-8000-0000000000f2',
  nobody: '00000000-0000-4000-8000-0000000000ff',
} as const;

const schema = `
create table people (id uuid primary key, name text, upn text not null, level int, enabled boolean, born timestamptz,
  notice text, kind text, manager_id uuid, tags jsonb, seen jsonb, salary text, hidden boolean not null default false);
create table teams (id text primary key, name text not null, hidden boolean not null default false);
create table team_members (team_id text, member_id text, primary key (team_id, member_id));
insert into people values
 ('${ids.ada}', 'Ada', 'ada@toy.example', 3, true, '2020-01-01T00:00:00.123456Z', 'PT8H', 'member', null,
  '["red","blue"]', '[{"place":"Oslo","count":2},{"place":"Rome","count":1}]', '100', false),
 ('${ids.ben}', 'Ben O''Hara', 'ben@toy.example', 2, false, '2021-06-01T12:00:00Z', 'P1D', 'guest', '${ids.ada}',
  '["blue"]', '[]', '200', false),
 ('${ids.cyd}', null, 'cyd@toy.example', null, null, null, null, null, '${ids.ben}', '[]', null, '300', false),
 ('${ids.hidden}', 'Zed', 'zed@toy.example', 9, true, '2022-01-01T00:00:00Z', 'PT1H', 'member', '${ids.ada}',
  '["black"]', '[]', '400', true);
insert into teams values ('${ids.staff}', 'Staff', false), ('${ids.secret}', 'Secret', true);
insert into team_members values ('${ids.staff}', '${ids.ada}'), ('${ids.staff}', '${ids.ben}'),
 ('${ids.staff}', '${ids.hidden}'), ('${ids.staff}', '${ids.secret}'), ('${ids.secret}', '${ids.cyd}');
`;

const seesAll = (context: ReadContext) => sql`${context.reader.roles.has('root')}::boolean`;
const notHidden = (row: Row, context: ReadContext) => sql`(not ${row('hidden')} or ${seesAll(context)})`;

const users: EntitySet = {
  name: 'users',
  type: 'microsoft.graph.user',
  from: () => sql`people`,
  alternateKeys: ['userPrincipalName'],
  properties: {
    id: guid('id'),
    displayName: text('name'),
    userPrincipalName: text('upn'),
    level: int('level'),
    accountEnabled: bool('enabled'),
    createdDateTime: instant('born'),
    notice: duration('notice'),
    userType: enumeration(['member', 'guest'], 'kind'),
    tags: collectionOf(text(''), 'tags'),
    visits: collectionOf(complex('', { place: text(''), count: int('') }), 'seen'),
    guest: composed({ name: text('name') }, { present: (row) => sql`${row('kind')} = 'guest'` }),
    name: composed({ first: text('name'), upn: text('upn') }),
    salary: text('salary', {
      onlyOnSelect: true,
      restricted: (row, context) =>
        sql`${row('id')}::text = ${context.reader.caller.kind === 'user' ? context.reader.caller.id : ''}::text`,
    }),
  },
  navigation: {
    manager: one('users', (parent, child) => sql`${child('id')} = ${parent('manager_id')}`),
    directReports: many('users', (parent, child) => sql`${child('manager_id')} = ${parent('id')}`),
    memberOf: many(
      'groups',
      (parent, child) =>
        sql`exists (select 1 from team_members m where m.member_id = ${parent('id')}::text and m.team_id = ${child('id')})`,
    ),
  },
  visible: notHidden,
  searchable: ['displayName', 'userPrincipalName'],
};

const groups: EntitySet = {
  name: 'groups',
  type: 'microsoft.graph.group',
  from: () => sql`teams`,
  properties: { id: guid('id'), displayName: text('name') },
  navigation: {
    members: many(
      'directoryObjects',
      (parent, child) =>
        sql`exists (select 1 from team_members m where m.team_id = ${parent('id')} and m.member_id = ${child('id')})`,
    ),
  },
  visible: notHidden,
  searchable: ['displayName'],
  order: 'displayName desc',
};

const directoryObjects: EntitySet = {
  name: 'directoryObjects',
  type: 'microsoft.graph.directoryObject',
  from: () => sql`(select id::text as id, '#microsoft.graph.user' as type, hidden from people
    union all select id, '#microsoft.graph.group', hidden from teams)`,
  properties: { id: guid('id') },
  visible: notHidden,
  derived: { '#microsoft.graph.user': 'castUsers', '#microsoft.graph.group': 'groups' },
  typeOf: (row) => row('type'),
  writesType: true,
};

/** Users whose ids are text, so that they can be joined with directory objects. Readers who are blind see none. */
const castUsers: EntitySet = {
  ...users,
  name: 'castUsers',
  visible: (row, context) => sql`${notHidden(row, context)} and not ${context.reader.roles.has('blind')}::boolean`,
  from: () => sql`(select id::text as id, name, upn, level, enabled, born, notice, kind, manager_id::text as manager_id,
    tags, seen, salary, hidden from people)`,
  navigation: {
    teams: {
      ...many(
        'groups',
        (parent, child) => sql`exists (select 1 from team_members m where m.member_id = ${parent('id')}
        and m.team_id = ${child('id')})`,
      ),
      inline: true,
    },
    manager: one('castUsers', (parent, child) => sql`${child('id')} = ${parent('manager_id')}`),
  },
};

const schedules: EntitySet = {
  name: 'schedules',
  type: 'microsoft.graph.schedule',
  from: () => sql`people`,
  key: 'id',
  properties: {
    id: text((row) => sql`'s_' || ${row('id')}`, {
      equals: (row, literal) => (literal.startsWith('s_') ? sql`${row('id')}::text = ${literal.slice(2)}` : sql`false`),
    }),
    groupId: guid('manager_id'),
    principalId: guid('id'),
  },
  visible: notHidden,
  filterNeeds: [['groupId', 'principalId']],
  notFound: 'ResourceNotFound',
};

const echo: Operation<{ displayName: string }> = {
  method: 'POST',
  path: '/users',
  body: shape({
    displayName: required(textSchema({ maxLength: 5 })),
    userType: enumOf(['member', 'guest']),
    manager: nullable(shape({ id: textSchema() })),
    'members@odata.bind': listOf(reference(), { maxItems: 2 }),
  }),
  run: async ({ body }) => ({
    status: 201,
    read: {
      set: 'users',
      id: body.displayName === 'Zed' ? ids.hidden : body.displayName === 'Gone' ? ids.nobody : ids.ada,
    },
  }),
};

const operations: readonly Operation[] = [
  echo,
  { method: 'POST', path: '/users/{user-id}/cancel', run: async () => ({ status: 204 }) },
  {
    method: 'GET',
    path: '/users/{user-id}/say',
    run: async (call) => ({ status: 200, body: { path: call.path }, context: 'test.said' }),
  },
  { method: 'POST', path: '/users/{user-id}/onlyBeta', beta: 'only', run: async () => ({ status: 204 }) },
  {
    method: 'POST',
    path: '/users/{user-id}/fail',
    run: async () => {
      throw new Error('the disk is full');
    },
  },
  {
    method: 'GET',
    path: '/users/filterByCurrentUser',
    run: async ({ parameters }) => ({
      status: 200,
      list: { set: 'users', where: (row) => (parameters['on'] === 'none' ? sql`false` : sql`${row('level')} > 2`) },
    }),
  },
  { method: 'DELETE', path: '/groups/{group-id}/members/{id}/$ref', run: async () => ({ status: 204 }) },
];

export const face: GraphFace = {
  sets: [users, groups, directoryObjects, castUsers, schedules],
  mounts: {
    '/users': 'users',
    '/groups': 'groups',
    '/directoryObjects': 'directoryObjects',
    '/roleManagement/directory/schedules': 'schedules',
    '/first': { set: 'users', key: ids.ada },
  },
  operations,
};

/** Opens the toy organisation in a database of its own, which the caller closes. */
export async function openToy(kind: DatabaseKind): Promise<Database> {
  const database = await freshDatabase(kind);
  for (const statement of schema.split(/;\n/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(database.db);
  }
  return database;
}

export function callerOf(id: string): Caller {
  return { kind: 'user', id, userPrincipalName: 'x@toy.example', displayName: 'X', appId: ids.nobody, mfaAt: null };
}

/** How the toy's readers read: with no roles, unless said. */
export function contextFor(caller: Caller, ...roles: readonly string[]): ReadContext {
  return {
    now: Temporal.Instant.from('2026-01-01T00:00:00Z'),
    reader: { caller, roles: new Set(roles), permissions: new Set() },
    tenantId: ids.nobody,
  };
}
