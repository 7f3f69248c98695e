import { type Id, isId, newId } from '../../kernel/ids.ts';
import { accept, type Outcome, orRefuse, type Refused, refuse } from '../../kernel/outcome.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { App } from '../model.ts';
import { hashSecret, newSecret, shortestSecret } from '../secret.ts';
import { type ReadCertificate, readCertificate } from './certificate.ts';
import type { Credential } from './model.ts';
import { applicationStore } from './store.ts';

export interface NewApp {
  readonly displayName: string;
  /** Graph application permissions. */
  readonly permissions: readonly string[];
  /** Where the ids must be known beforehand; otherwise fresh ones are made. */
  readonly id?: Id;
  readonly appId?: Id;
  /** At least 24 characters; without one, a random one is made where the app needs one. Null for none yet. */
  readonly secret?: string | null;
  /** Where a browser may come back to, when people sign in to it. */
  readonly redirectUris?: readonly string[];
  /** Whether it can keep no secret. It signs in people only, and has none. */
  readonly isPublic?: boolean;
  /** Certificates (PEM, or base64 of DER) by which it proves itself; with one it needs no secret. */
  readonly certificates?: readonly string[];
}

export interface RegisteredApp {
  readonly app: App;
  /** Told this once: only its hash is kept. Null where it has none. */
  readonly secret: string | null;
}

type RegisterTx = Pick<Tx, 'now' | 'realNow' | 'db' | 'record'>;

/**
 * Registers an app, in the caller's transaction, with its event. A secret that comes with it has no end. Refuses a weak
 * secret, a malformed id, a public app with a secret, what is no certificate or no address to come back to (`invalid`),
 * and ids that are taken (`conflict`).
 */
export async function registerApp(tx: RegisterTx, wanted: NewApp): Promise<Outcome<RegisteredApp>> {
  const { id = newId(), appId = newId(), redirectUris = [], isPublic = false, certificates = [] } = wanted;
  const { secret = isPublic || certificates.length > 0 ? null : newSecret() } = wanted;
  const fault = faultOf({ ...wanted, id, appId, secret });
  if (fault !== null) return fault;
  const read = await readAll(certificates);
  if (read.is === 'refused') return read;
  const app: App = {
    id: id.toLowerCase(),
    appId: appId.toLowerCase(),
    displayName: wanted.displayName,
    permissions: [...new Set(wanted.permissions)].sort(),
  };
  const store = applicationStore(tx.db<unknown>());
  if (!(await store.addApp({ ...app, redirectUris, isPublic }, tx.now))) {
    const message = `An app with the id '${id}' or the application id '${appId}' is registered already.`;
    return refuse('conflict', 'Request_MultipleObjectsWithSameKeyValue', message, 'appId');
  }
  if (secret !== null) await store.addCredential(app.id, { ...(await passwordOf(secret)), startsAt: tx.realNow });
  for (const one of read.value) await store.addCredential(app.id, certificateOf(one));
  await tx.record({
    type: 'app.registered',
    subject: app.id,
    correlation: newId(),
    targets: [{ id: app.id, type: 'ServicePrincipal', displayName: app.displayName }],
    data: { appId: app.appId, permissions: app.permissions, redirectUris, isPublic },
  });
  return accept({ app, secret });
}

/** A secret as it is kept, without an end. */
export async function passwordOf(secret: string) {
  const secretHash = await hashSecret(secret);
  const kept = { id: newId(), displayName: null, endsAt: null, hint: secret.slice(0, 3), secretHash };
  return { ...kept, kind: 'password' as const };
}

/** A certificate as it is kept. */
export function certificateOf(read: ReadCertificate, displayName: string | null = null): Credential {
  return { id: newId(), kind: 'certificate', displayName, ...read };
}

/** Reads a certificate; refused (400) if it is none that can be used. */
export async function certificateIn(text: string, target: string): Promise<Outcome<ReadCertificate>> {
  try {
    return accept(await readCertificate(text));
  } catch {
    return bad('The certificate is not a PEM, or base64 of DER, of an RSA key of 2048 bits or a P-256 key.', target);
  }
}

async function readAll(certificates: readonly string[]): Promise<Outcome<readonly ReadCertificate[]>> {
  const read = await Promise.all(certificates.map((one) => certificateIn(one, 'certificates')));
  const wrong = read.find((one) => one.is === 'refused');
  return wrong ?? accept(read.map(orRefuse));
}

type Checked = Pick<NewApp, 'redirectUris' | 'isPublic' | 'certificates'> & {
  readonly id: Id;
  readonly appId: Id;
  readonly secret: string | null;
};

function faultOf({ secret, id, appId, redirectUris = [], isPublic = false, certificates = [] }: Checked) {
  if (!isId(id)) return bad(`The id '${id}' is not a GUID.`, 'id');
  if (!isId(appId)) return bad(`The id '${appId}' is not a GUID.`, 'appId');
  const wrong = faultOfAddresses(redirectUris);
  if (wrong !== null) return wrong;
  if (isPublic && (secret !== null || certificates.length > 0)) {
    return bad('A public app can keep neither a secret nor a certificate.', 'isPublic');
  }
  if (secret === null || (secret.length >= shortestSecret && /^[\x21-\x7e]+$/.test(secret))) return null;
  const message = `A client secret has at least ${shortestSecret} visible ASCII characters. Leave it out to get one.`;
  return bad(message, 'secret');
}

/** What is wrong with addresses to come back to; null if nothing is. */
export function faultOfAddresses(redirectUris: readonly string[]): Refused | null {
  const wrong = redirectUris.find((uri) => !mayComeBackTo(uri));
  if (wrong === undefined) return null;
  const message = `'${wrong}' is no address to come back to: https, or http on the loopback, without "#".`;
  return bad(message, 'redirectUris');
}

/** A refusal of what was sent. */
export function bad(message: string, target: string): Refused {
  return refuse('invalid', 'Request_BadRequest', message, target);
}

/** A code that goes to an address over plain http could be read on the way, except on the same machine. */
function mayComeBackTo(uri: string): boolean {
  if (!URL.canParse(uri) || uri.includes('#') || uri.includes('*')) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}
