import { compactVerify, importJWK } from 'jose';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { matchesSecret } from '../secret.ts';
import { type Credential, isInForce } from './model.ts';

/** Which of an application's secrets, of those in force, was presented; null for none. */
export async function secretAmong(credentials: readonly Credential[], given: string, at: Instant): Promise<Id | null> {
  let found: Id | null = null;
  // All are tried, so that it takes as long whichever it is.
  for (const one of credentials) {
    if (one.kind === 'password' && isInForce(one, at) && (await matchesSecret(given, one.secretHash))) found = one.id;
  }
  return found;
}

/** With which of an application's certificates, of those in force, an assertion was signed; null for none. */
export async function certificateAmong(
  credentials: readonly Credential[],
  assertion: string,
  at: Instant,
): Promise<Id | null> {
  for (const one of credentials) {
    if (one.kind !== 'certificate' || !isInForce(one, at)) continue;
    if (await isSignedBy(one, assertion)) return one.id;
  }
  return null;
}

async function isSignedBy({ publicKey }: Credential & { readonly kind: 'certificate' }, assertion: string) {
  const algorithms = publicKey.kty === 'RSA' ? ['RS256', 'PS256'] : ['ES256'];
  for (const algorithm of algorithms) {
    const key = await importJWK(publicKey, algorithm);
    const isTheirs = await compactVerify(assertion, key, { algorithms: [algorithm] }).then(
      () => true,
      () => false,
    );
    if (isTheirs) return true;
  }
  return false;
}
