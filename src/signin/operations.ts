import type { JWK } from 'jose';
import type { Activities } from '../kernel/event.ts';
import { type Id, isId, newId } from '../kernel/ids.ts';
import { accept, type Outcome, type Refused, refuse } from '../kernel/outcome.ts';
import type { Tx } from '../platform/transaction.ts';
import { publicKeyOf } from './certificate.ts';
import type { App } from './model.ts';
import { peopleActivities } from './people/operations.ts';
import { hashSecret, newSecret, shortestSecret } from './secret.ts';
import { signinStore } from './store.ts';

export interface NewApp {
  readonly displayName: string;
  /** Graph application permissions. */
  readonly permissions: readonly string[];
  /** Where the ids must be known beforehand; otherwise fresh ones are made. */
  readonly id?: Id;
  readonly appId?: Id;
  /** At least 24 characters; without one, a random one is made where the app needs one. */
  readonly secret?: string;
  /** Where a browser may come back to, when people sign in to it. */
  readonly redirectUris?: readonly string[];
  /** Whether it can keep no secret. It signs in people only, and has none. */
  readonly isPublic?: boolean;
  /** Certificates (PEM) by which it proves itself; with one it needs no secret. */
  readonly certificates?: readonly string[];
}

export interface RegisteredApp {
  readonly app: App;
  /** Told this once: only its hash is kept. Null where it has none. */
  readonly secret: string | null;
}

/** How registrations show in the audit log; names from Microsoft's audit activity reference. */
export const activities: Activities = {
  ...peopleActivities,
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
 * Registers an app, in the caller's transaction, with its event. Refuses a weak secret, a malformed id, a public app
 * with a secret, what is no certificate or no address to come back to (`invalid`), and ids that are taken (`conflict`).
 */
export async function registerApp(
  tx: Pick<Tx, 'now' | 'db' | 'record'>,
  wanted: NewApp,
): Promise<Outcome<RegisteredApp>> {
  const { id = newId(), appId = newId(), redirectUris = [], isPublic = false, certificates = [] } = wanted;
  const { secret = isPublic || certificates.length > 0 ? null : newSecret() } = wanted;
  const fault = faultOf({ ...wanted, id, appId, secret });
  if (fault !== null) return fault;
  const publicKeys = await keysOf(certificates);
  if (publicKeys === null) {
    return refuse(
      'invalid',
      'Request_BadRequest',
      'A certificate is not a PEM of an RSA or P-256 key.',
      'certificates',
    );
  }
  const app: App = {
    id: id.toLowerCase(),
    appId: appId.toLowerCase(),
    displayName: wanted.displayName,
    permissions: [...new Set(wanted.permissions)].sort(),
  };
  const secretHash = secret === null ? null : await hashSecret(secret);
  const stored = { ...app, secretHash, redirectUris, isPublic, publicKeys };
  if (!(await signinStore(tx.db<unknown>()).addApp(stored, tx.now))) {
    const message = `An app with the id '${id}' or the application id '${appId}' is registered already.`;
    return refuse('conflict', 'Request_MultipleObjectsWithSameKeyValue', message, 'appId');
  }
  await tx.record({
    type: 'app.registered',
    subject: app.id,
    correlation: newId(),
    targets: [{ id: app.id, type: 'ServicePrincipal', displayName: app.displayName }],
    data: { appId: app.appId, permissions: app.permissions, redirectUris, isPublic },
  });
  return accept({ app, secret });
}

type Checked = Pick<NewApp, 'redirectUris' | 'isPublic' | 'certificates'> & {
  readonly id: Id;
  readonly appId: Id;
  readonly secret: string | null;
};

function faultOf({ secret, id, appId, redirectUris = [], isPublic = false, certificates = [] }: Checked) {
  if (!isId(id)) return bad(`The id '${id}' is not a GUID.`, 'id');
  if (!isId(appId)) return bad(`The id '${appId}' is not a GUID.`, 'appId');
  const wrong = redirectUris.find((uri) => !mayComeBackTo(uri));
  if (wrong !== undefined) {
    return bad(
      `'${wrong}' is no address to come back to: https, or http on the loopback, without "#".`,
      'redirectUris',
    );
  }
  if (isPublic && (secret !== null || certificates.length > 0)) {
    return bad('A public app can keep neither a secret nor a certificate.', 'isPublic');
  }
  if (secret === null || (secret.length >= shortestSecret && /^[\x21-\x7e]+$/.test(secret))) return null;
  const message = `A client secret has at least ${shortestSecret} visible ASCII characters. Leave it out to get one.`;
  return bad(message, 'secret');
}

function bad(message: string, target: string): Refused {
  return refuse('invalid', 'Request_BadRequest', message, target);
}

/** A code that goes to an address over plain http could be read on the way, except on the same machine. */
function mayComeBackTo(uri: string): boolean {
  if (!URL.canParse(uri) || uri.includes('#') || uri.includes('*')) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** The public keys of certificates; null if one of them cannot be read. */
async function keysOf(certificates: readonly string[]): Promise<JWK[] | null> {
  try {
    return await Promise.all(certificates.map(publicKeyOf));
  } catch {
    return null;
  }
}
