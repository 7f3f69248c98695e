import type { Activities } from '../kernel/event.ts';
import { type Id, isId, newId } from '../kernel/ids.ts';
import { accept, type Outcome, type Refused, refuse } from '../kernel/outcome.ts';
import type { Tx } from '../platform/transaction.ts';
import type { App } from './model.ts';
import { hashSecret, newSecret, shortestSecret } from './secret.ts';
import { signinStore } from './store.ts';

export interface NewApp {
  readonly displayName: string;
  /** Graph application permissions. */
  readonly permissions: readonly string[];
  /** Where the ids must be known beforehand; otherwise fresh ones are made. */
  readonly id?: Id;
  readonly appId?: Id;
  /** At least 24 characters; without one, a random one is made. */
  readonly secret?: string;
}

export interface RegisteredApp {
  readonly app: App;
  /** Told this once: only its hash is kept. */
  readonly secret: string;
}

/** How registrations show in the audit log; names from Microsoft's audit activity reference. */
export const activities: Activities = {
  'app.registered': {
    name: 'Add service principal',
    category: 'ApplicationManagement',
    service: 'Core Directory',
    operation: 'Add',
  },
  'user.signedOutEverywhere': {
    name: 'Update StsRefreshTokenValidFrom Timestamp',
    category: 'UserManagement',
    service: 'Core Directory',
    operation: 'Update',
  },
};

/**
 * Registers an app that may sign in for itself, in the caller's transaction, with its event.
 * Refuses a weak secret or a malformed id (`invalid`) and ids that are taken (`conflict`).
 */
export async function registerApp(
  tx: Pick<Tx, 'now' | 'db' | 'record'>,
  wanted: NewApp,
): Promise<Outcome<RegisteredApp>> {
  const { secret = newSecret(), id = newId(), appId = newId() } = wanted;
  const fault = faultOf(secret, id, appId);
  if (fault !== null) return fault;
  const app: App = {
    id: id.toLowerCase(),
    appId: appId.toLowerCase(),
    displayName: wanted.displayName,
    permissions: [...new Set(wanted.permissions)].sort(),
  };
  const isAdded = await signinStore(tx.db<unknown>()).addApp({ ...app, secretHash: await hashSecret(secret) }, tx.now);
  if (!isAdded) {
    const message = `An app with the id '${id}' or the application id '${appId}' is registered already.`;
    return refuse('conflict', 'Request_MultipleObjectsWithSameKeyValue', message, 'appId');
  }
  await tx.record({
    type: 'app.registered',
    subject: app.id,
    correlation: newId(),
    targets: [{ id: app.id, type: 'ServicePrincipal', displayName: app.displayName }],
    data: { appId: app.appId, permissions: app.permissions },
  });
  return accept({ app, secret });
}

function faultOf(secret: string, id: string, appId: string): Refused | null {
  if (!isId(id)) return refuse('invalid', 'Request_BadRequest', `The id '${id}' is not a GUID.`, 'id');
  if (!isId(appId)) return refuse('invalid', 'Request_BadRequest', `The id '${appId}' is not a GUID.`, 'appId');
  if (secret.length >= shortestSecret && /^[\x21-\x7e]+$/.test(secret)) return null;
  const message = `A client secret has at least ${shortestSecret} visible ASCII characters. Leave it out to get one.`;
  return refuse('invalid', 'Request_BadRequest', message, 'secret');
}
