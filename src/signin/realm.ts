import type { Id } from '../kernel/ids.ts';
import type { RealClock } from './model.ts';
import type { SigninStore } from './store.ts';
import { loadKeys, type SigningKeys, secretFrom } from './tokens/keys.ts';

/** Where sign-in happens and with which keys: what issuing and verifying must agree on. */
export interface Realm {
  readonly tenantId: Id;
  /** The `iss` of every token, whichever address it was asked at. */
  readonly issuer: string;
  readonly issuerBase: string;
  /** Every address that we are reached at, the issuer's first, without a slash at the end. */
  readonly baseUrls: readonly string[];
  readonly keys: SigningKeys;
  /** By which the portal, our own client, proves itself. Every node derives the same one. */
  readonly portalSecret: string;
  /** Signs the provider's cookies, for the same reason. */
  readonly cookieKey: string;
}

export interface RealmOptions {
  readonly tenantId: Id;
  /**
   * The https address that tokens name as their issuer, such as `https://localhost:8443`. Read at first use,
   * because a free port is known only once the server listens. Tokens end to be valid when it changes.
   */
  readonly issuerBase: () => string;
  /** Other addresses of the same server, such as the plain HTTP one. */
  readonly otherBaseUrls?: () => readonly string[];
}

/** Opens the realm at first use, once. A failure is not kept: the next call tries again. */
export function openRealm(options: RealmOptions, store: SigninStore, clock: RealClock): () => Promise<Realm> {
  let opened: Promise<Realm> | null = null;
  return () => {
    opened ??= load(options, store, clock).catch((fault: unknown) => {
      opened = null;
      throw fault;
    });
    return opened;
  };
}

/** Every address that we are reached at, the issuer's first, without a slash at the end. */
export function baseUrlsOf({ issuerBase, otherBaseUrls }: RealmOptions): string[] {
  return [issuerBase(), ...(otherBaseUrls?.() ?? [])].map((url) => url.replace(/\/+$/, ''));
}

async function load(options: RealmOptions, store: SigninStore, clock: RealClock): Promise<Realm> {
  const baseUrls = baseUrlsOf(options);
  const [issuerBase = ''] = baseUrls;
  // Before the server listens there may be no address yet; a token with half an issuer would never be taken again.
  if (!URL.canParse(issuerBase)) throw new Error(`'${issuerBase}' is no address to issue tokens as`);
  const tenantId = options.tenantId.toLowerCase();
  const keys = await loadKeys(store, clock);
  return {
    tenantId,
    issuer: `${issuerBase}/${tenantId}/v2.0`,
    issuerBase,
    baseUrls,
    keys,
    portalSecret: secretFrom(keys, 'portal'),
    cookieKey: secretFrom(keys, 'cookies'),
  };
}
