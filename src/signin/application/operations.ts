import { knownPermissions, operationsByPermission } from '../../access/index.ts';
import { isProtectedUser as isProtected } from '../../directory/index.ts';
import { authorise, isAccountUsable, refuseSelfGrant } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { orRefuse, refuseNow } from '../../kernel/outcome.ts';
import { parseInstant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { newSecret } from '../secret.ts';
import type {
  ApplicationBody,
  ApplicationChange,
  CertificateBody,
  NewCertificate,
  NewPassword,
  PasswordBody,
  PermissionsAnswer,
} from './contract.ts';
import { type Credential, decideEnd, decideMore, decidePermissions, isInForce } from './model.ts';
import { bad, certificateIn, certificateOf, faultOfAddresses, passwordOf, registerApp } from './register.ts';
import { applicationStore, type StoredApp } from './store.ts';

/**
 * Registers an application, with a certificate or none, and without a secret; `addPassword` or `addCertificate` gives it
 * one. Needs the right to manage applications, and where it gets permissions, to give privileges. Refused with
 * `PermissionUnknown` (400), and as `registerApp` and `addCertificate` say. Gives its id.
 */
export async function createApplication(tx: Tx, body: ApplicationBody): Promise<Id> {
  const { displayName, permissions = [], redirectUris = [], isPublicClient: isPublic = false } = body;
  await authorise(tx, 'application.manage');
  orRefuse(decidePermissions(permissions, knownPermissions));
  if (permissions.length > 0) await authorise(tx, 'application.managePrivileged');
  if (permissions.length > 0 && isPublic) {
    orRefuse(bad('A public app signs in people only, and can use no permission of its own.', 'permissions'));
  }
  const { app } = orRefuse(await registerApp(tx, { displayName, permissions, redirectUris, isPublic, secret: null }));
  if (body.certificate !== undefined) await addCertificate(tx, app.id, { certificate: body.certificate });
  return app.id;
}

/** What applications may be given, in the order of the alphabet. Needs the right to read applications. */
export async function listPermissions(tx: Tx): Promise<PermissionsAnswer['value']> {
  await authorise(tx, 'application.read');
  return [...operationsByPermission].map(([permission, operations]) => ({ permission, operations: [...operations] }));
}

/** Changes an application. Refused as `createApplication`, with `ResourceNotFound` (404), and for itself. */
export async function changeApplication(tx: Tx, id: Id, change: ApplicationChange): Promise<void> {
  const app = await manageable(tx, id);
  const { accountEnabled } = change;
  const permissions = [...new Set(change.permissions ?? app.permissions)].sort();
  const added = permissions.filter((one) => !app.permissions.includes(one));
  if (added.length > 0) await allowPermissions(tx, app, added);
  const wrong = faultOfAddresses(change.redirectUris ?? []);
  if (wrong !== null) orRefuse(wrong);
  const { displayName = app.displayName, redirectUris = app.redirectUris } = change;
  const wanted = { ...app, displayName, redirectUris, permissions };
  await storeOf(tx).saveApp(wanted);
  const names = ['displayName', 'permissions', 'redirectUris'] as const;
  const modified = names.flatMap((name) => {
    const [before, after] = [JSON.stringify(app[name]), JSON.stringify(wanted[name])];
    return before === after ? [] : [{ displayName: name, oldValue: before, newValue: after }];
  });
  if (modified.length > 0) {
    const data = { displayName, permissions, redirectUris };
    await record(tx, 'app.updated', wanted, data, modified);
  }
  if (accountEnabled === undefined || accountEnabled === (await isAccountUsable(tx.db(), id, tx.now))) return;
  await record(tx, accountEnabled ? 'app.enabled' : 'app.disabled', wanted, {});
}

/** Deletes an application for good, with all that it holds. Refused as `changeApplication` is. */
export async function deleteApplication(tx: Tx, id: Id): Promise<void> {
  const app = await manageable(tx, id);
  await storeOf(tx).removeApp(id);
  await record(tx, 'app.deleted', app, { appId: app.appId });
}

/**
 * Gives an application another secret, which is told this once. Refused as `changeApplication`, and with
 * `CredentialLifetimeNotValid` (400) and `CredentialLimitReached` (409).
 */
export async function addPassword(tx: Tx, id: Id, body: PasswordBody): Promise<NewPassword> {
  const app = await manageable(tx, id);
  demandRoom(app);
  const endsAt = orRefuse(
    decideEnd(body.endDateTime === undefined ? null : parseInstant(body.endDateTime), tx.realNow),
  );
  const secretText = newSecret();
  const displayName = body.displayName ?? null;
  const password = { ...(await passwordOf(secretText)), displayName, startsAt: tx.realNow, endsAt };
  await keep(tx, app, password);
  return { ...told(password), displayName, hint: password.hint, secretText, endDateTime: endsAt.toString() };
}

/** Gives an application another certificate. Refused as `addPassword`; one that is over proves nothing. */
export async function addCertificate(tx: Tx, id: Id, body: CertificateBody): Promise<NewCertificate> {
  const app = await manageable(tx, id);
  demandRoom(app);
  const read = orRefuse(await certificateIn(body.certificate, 'certificate'));
  const displayName = body.displayName ?? null;
  const certificate = certificateOf(read, displayName);
  if (!isInForce(certificate, Temporal.Instant.compare(read.startsAt, tx.realNow) > 0 ? read.startsAt : tx.realNow)) {
    const message = `The certificate was over at ${read.endsAt.toString()}. Send one that is still to end.`;
    refuseNow('invalid', 'CredentialLifetimeNotValid', message, 'certificate');
  }
  await keep(tx, app, certificate);
  const { thumbprint, endsAt } = read;
  return { ...told(certificate), displayName, thumbprint, endDateTime: endsAt.toString() };
}

/** Takes a secret or certificate away, and with it the tokens that were got by it. Refused with `ResourceNotFound` (404). */
export async function removeCredential(tx: Tx, id: Id, kind: Credential['kind'], keyId: Id): Promise<void> {
  const app = await manageable(tx, id);
  if (!(await storeOf(tx).removeCredential(id, kind, keyId))) {
    refuseNow('absent', 'ResourceNotFound', `The application has no ${kind} of the id '${keyId}'.`);
  }
  await record(tx, 'app.credentialRemoved', app, { keyId, kind });
}

/**
 * An application that the caller may manage. INVARIANT: whoever can prove to be an application can do what it may. So one
 * that has permissions or privileged roles is managed by those alone who could give them.
 */
async function manageable(tx: Tx, id: Id): Promise<StoredApp> {
  await authorise(tx, 'application.manage');
  const app = await storeOf(tx).loadApp(id);
  if (app === null) refuseNow('absent', 'ResourceNotFound', `There is no application of the id '${id}'.`);
  if (app.permissions.length > 0 || (await isProtected(tx, id))) await authorise(tx, 'application.managePrivileged');
  return app;
}

async function allowPermissions(tx: Tx, app: StoredApp, added: readonly string[]): Promise<void> {
  orRefuse(decidePermissions(added, knownPermissions));
  await authorise(tx, 'application.managePrivileged');
  await refuseSelfGrant(tx, app.id, { kind: 'application-permission', id: app.id });
  if (!app.isPublic) return;
  orRefuse(bad('A public app signs in people only, and can use no permission of its own.', 'permissions'));
}

function demandRoom(app: StoredApp): void {
  if (app.isPublic) orRefuse(bad('A public app can keep neither a secret nor a certificate.', 'isPublicClient'));
  orRefuse(decideMore(app.credentials.length));
}

async function keep(tx: Tx, app: StoredApp, credential: Credential): Promise<void> {
  await storeOf(tx).addCredential(app.id, credential);
  const { id: keyId, kind, displayName, endsAt } = credential;
  await record(tx, 'app.credentialAdded', app, { keyId, kind, displayName, endDateTime: endsAt?.toString() ?? null });
}

function told({ id, startsAt }: Credential) {
  return { keyId: id, startDateTime: startsAt.toString() };
}

type Modified = readonly { readonly displayName: string; readonly oldValue: string; readonly newValue: string }[];

async function record(
  tx: Tx,
  type: string,
  { id, displayName }: StoredApp,
  data: Readonly<Record<string, unknown>>,
  modified: Modified = [],
): Promise<void> {
  const target = { id, type: 'ServicePrincipal', displayName };
  const targets = [modified.length === 0 ? target : { ...target, modifiedProperties: modified }];
  await tx.record({ type, subject: id, correlation: newId(), targets, data });
}

function storeOf(tx: Tx) {
  return applicationStore(tx.db<unknown>());
}
