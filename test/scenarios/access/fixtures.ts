import type { AccessOperation } from '../../../src/access/index.ts';
import type { Actor, Answer, Play } from '../play.ts';

/** One real request, ready to be sent; a path below the version. */
export interface Prepared {
  readonly path: string;
  readonly body?: unknown;
}

/** A request of one operation, and the rows of the access table that have to be met for it, all of them. */
export interface AccessCase {
  /** As the registry knows it: `POST /groups`. */
  readonly operation: string;
  readonly about?: string;
  /** `nobody`: not even a Global Administrator; `people`: whoever has signed in; `all`: applications too. */
  readonly rows: readonly AccessOperation[] | 'nobody' | 'people' | 'all';
  /** What whoever may is answered where it cannot succeed here: nothing waits for what it would end. */
  readonly answers?: number;
  /** Makes what the request needs. Called before each request that is to be allowed, once for all others. */
  readonly prepare: () => Promise<Prepared>;
}

/** Helpdesk Administrator: a role that no operation asks for. */
export const someRole = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

/** The body that assigns a role for the whole tenant. */
export function assignment(roleDefinitionId: string, principalId: string) {
  return { roleDefinitionId, principalId, directoryScopeId: '/' };
}

/** What cases make their things with, through the API as its administrator. */
export type Fixtures = ReturnType<typeof fixtures>;

/** Prepares a play for the cases. */
export function fixtures(play: Play, admin: Actor) {
  let count = 0;
  const next = (what: string) => {
    count += 1;
    return `${what}-${count}`;
  };
  const good = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return answer;
  };
  const made = async (path: string, body: unknown) => String(good(await admin.post(path, body)).body['id']);
  const userBody = () => {
    const name = next('user');
    const userPrincipalName = `${name}@sallyport.example`;
    return { accountEnabled: true, displayName: name, mailNickname: name, userPrincipalName };
  };
  const groupBody = (isAssignableToRole: boolean) => {
    const name = next('group');
    return { displayName: name, mailEnabled: false, mailNickname: name, securityEnabled: true, isAssignableToRole };
  };
  const user = () => made('/users', userBody());
  const group = (isAssignableToRole = false) => made('/groups', groupBody(isAssignableToRole));
  const reference = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  const deleted = async (path: string) => good(await admin.delete(path));
  const first = async (path: string) => good(await admin.get(path)).body['value']?.[0];
  return { play, admin, next, good, made, userBody, groupBody, user, group, reference, deleted, first };
}
