import {
  directoryDue,
  directoryGraph,
  directorySubscribers,
  initialiseTenant,
  loadUser,
} from '../src/directory/index.ts';
import { giveGrant } from '../src/grants/index.ts';
import type { UserCaller } from '../src/kernel/caller.ts';
import { type Id, newId } from '../src/kernel/ids.ts';
import { graphOver, type Send } from './graph.ts';
import { type DatabaseKind, freshDatabase } from './postgres.ts';
import { person, system, type TestRuntime, testRuntime } from './runtime.ts';

/** A body of Graph, read by tests that know what they look for. */
export interface Body {
  readonly [name: string]: unknown;
  readonly id: Id;
  readonly value: Body[];
  readonly error: { readonly code: string };
}

/** A directory with one administrator, reached through Graph as whoever is wanted. */
export interface DirectoryStage {
  readonly runtime: TestRuntime;
  readonly tenantId: Id;
  readonly admin: UserCaller;
  readonly send: Send<Body>;
  /** Creates a user with the administrator's rights. */
  hire(name: string, attributes?: object): Promise<UserCaller>;
  /** Creates a security group with the administrator's rights; gives its id. */
  group(name: string, attributes?: object): Promise<Id>;
  /** Gives somebody a directory role, past all rules. */
  appoint(principal: Id, roleId: Id, mode?: 'active' | 'eligible'): Promise<void>;
  /** Ids of the active members of a group now, sorted. */
  members(groupId: Id): Promise<Id[]>;
  /** Does a piece of due work at the present. */
  due(kind: string, subject: string): Promise<void>;
  close(): Promise<void>;
}

export async function openDirectory(kind: DatabaseKind = 'embedded'): Promise<DirectoryStage> {
  const database = await freshDatabase(kind);
  const runtime = testRuntime(database, directorySubscribers);
  const tenantId = newId();
  const adminId = await runtime.as(system, (tx) =>
    initialiseTenant(tx, {
      tenantId,
      firstAdministrator: { userPrincipalName: 'admin@sallyport.example', displayName: 'Ada Admin' },
    }),
  );
  const send = graphOver<Body>(runtime, tenantId, [directoryGraph(runtime)]);

  const admin = person(adminId, 'admin');
  const created = async (path: string, body: object) => {
    const answer = await send(admin, 'POST', path, body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
    return answer.body.id;
  };
  return {
    runtime,
    tenantId,
    admin,
    send,
    hire: async (name, attributes = {}) => {
      const usual = {
        accountEnabled: true,
        displayName: name,
        mailNickname: name,
        userPrincipalName: `${name}@sallyport.example`,
      };
      return person(await created('/users', { ...usual, ...attributes }), name);
    },
    group: (name, attributes = {}) =>
      created('/groups', {
        displayName: name,
        mailEnabled: false,
        mailNickname: name,
        securityEnabled: true,
        ...attributes,
      }),
    appoint: async (principal, roleId, mode = 'active') => {
      await runtime.as(system, async (tx) => {
        const user = await loadUser(tx, principal);
        await giveGrant(tx, {
          principal: { kind: user === null ? 'group' : 'user', id: principal },
          privilege: { kind: 'role', id: roleId, scope: '/' },
          mode,
          window: { from: tx.now, until: null },
          origin: { kind: 'assigned', id: 'test' },
          correlation: newId(),
        });
      });
    },
    members: async (groupId) => {
      const { body } = await send(admin, 'GET', `/groups/${groupId}/members?$select=id`);
      return body.value.map((member) => member.id).sort();
    },
    due: (kind, subject) =>
      runtime.as(system, async (tx) => {
        await directoryDue.get(kind)?.(tx, subject);
      }),
    close: () => database.close(),
  };
}
