import { loadUser, type User } from '../../directory/index.ts';
import type { Tx } from '../../platform/transaction.ts';
import { isSubject, saveSubject } from './store.ts';

/** Keeps a user as a subject, with today's names. */
export async function keepUser(tx: Tx, user: User): Promise<void> {
  await saveSubject(tx.db(), {
    id: user.id,
    type: 'user',
    displayName: user.displayName,
    principalName: user.userPrincipalName,
    email: user.mail,
  });
}

/** Keeps the caller as a subject. */
export async function keepCaller(tx: Tx): Promise<void> {
  const { caller } = tx;
  if (caller.kind === 'user') {
    const user = await loadUser(tx, caller.id);
    if (user !== null) return keepUser(tx, user);
  }
  if (caller.kind === 'system') return;
  const principalName = caller.kind === 'user' ? caller.userPrincipalName : caller.appId;
  const type = caller.kind === 'user' ? 'user' : 'servicePrincipal';
  await saveSubject(tx.db(), { id: caller.id, type, displayName: caller.displayName, principalName, email: null });
}

/** Follows a change of a user's names, if the user is a subject. */
export async function followUser(tx: Tx, userId: string): Promise<void> {
  if (!(await isSubject(tx.db(), userId))) return;
  const user = await loadUser(tx, userId);
  if (user !== null) await keepUser(tx, user);
}
