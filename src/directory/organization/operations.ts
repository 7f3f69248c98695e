import { roleIds } from '../../access/index.ts';
import { endGrants, giveGrant, openGrants, setAccount } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { Tx } from '../../platform/transaction.ts';
import { saveBuiltInRoles } from '../role/store.ts';
import { addUser, type NewUser } from '../user/operations.ts';
import { insertOrganization, insertServicePrincipal, loadOrganization, markDeleted, rename } from './store.ts';

/** A tenant to begin with: who may do everything in it at first. */
export interface NewTenant {
  readonly tenantId: Id;
  readonly displayName?: string;
  readonly firstAdministrator: NewUser & { readonly id?: Id };
}

/**
 * Begins the tenant: its row, the built-in roles, and a first user who is permanently a Global Administrator.
 * Only Sallyport itself does it, once: refuses with `TenantAlreadyInitialised` (409) after that.
 * Gives the administrator's id.
 */
export async function initialiseTenant(tx: Tx, tenant: NewTenant): Promise<Id> {
  if (tx.caller.kind !== 'system') throw new Error('Only Sallyport itself begins a tenant');
  if ((await loadOrganization(tx)) !== null) {
    refuseNow(
      'conflict',
      'TenantAlreadyInitialised',
      'This database holds a tenant already. Start with an empty database to begin another.',
    );
  }
  const { firstAdministrator } = tenant;
  const domain = firstAdministrator.userPrincipalName.split('@')[1] ?? '';
  const displayName = tenant.displayName ?? domain;
  await insertOrganization(tx, { id: tenant.tenantId, displayName, verifiedDomains: [domain] });
  await saveBuiltInRoles(tx);
  const correlation = newId();
  await tx.record({
    type: 'organization.created',
    subject: tenant.tenantId,
    correlation,
    targets: [{ id: tenant.tenantId, type: 'Directory', displayName }],
  });
  const administrator = await addUser(tx, firstAdministrator, correlation);
  await giveGrant(tx, {
    principal: { kind: 'user', id: administrator.id },
    privilege: { kind: 'role', id: roleIds.globalAdministrator, scope: '/' },
    mode: 'active',
    window: { from: tx.now, until: null },
    origin: { kind: 'assigned', id: tenant.tenantId },
    correlation,
  });
  return administrator.id;
}

/** Makes an application a principal that can hold roles and memberships. Its registration is sign-in's business. */
async function registerServicePrincipal(
  tx: Tx,
  app: { readonly id: Id; readonly appId: Id; readonly displayName: string },
): Promise<void> {
  await insertServicePrincipal(tx, app);
  await setAccount(tx, app.id, true);
}

/** Follows sign-in's `app.registered`, in the same transaction. */
export async function onAppRegistered(tx: Tx, event: StoredEvent): Promise<void> {
  const appId = event.data['appId'];
  if (typeof appId !== 'string') throw new Error('The registration of an app names its appId');
  const displayName = event.targets[0]?.displayName ?? appId;
  await registerServicePrincipal(tx, { id: event.subject, appId, displayName });
}

/** Follows sign-in's `app.updated`: what an application is called. */
export async function onAppChanged(tx: Tx, { subject, data }: StoredEvent): Promise<void> {
  const name = data['displayName'];
  if (typeof name === 'string') await rename(tx, subject, name);
}

/** Follows sign-in's `app.enabled` and `app.disabled`. */
export function onAppSwitched(tx: Tx, { subject, type }: StoredEvent): Promise<void> {
  return setAccount(tx, subject, type === 'app.enabled');
}

/** Follows sign-in's `app.deleted`: all that the principal holds ends. */
export async function onAppDeleted(tx: Tx, { subject }: StoredEvent): Promise<void> {
  await markDeleted(tx, subject);
  await endGrants(tx, await openGrants(tx, { principal: subject }), 'deleted');
  await setAccount(tx, subject, false);
}
