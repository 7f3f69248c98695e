import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Id } from '../../kernel/ids.ts';
import { certificateAmong, secretAmong } from '../application/proof.ts';
import type { StoredApp } from '../application/store.ts';
import type { RealClock } from '../model.ts';
import type { SigninStore } from '../store.ts';

export type Proofs = ReturnType<typeof proofsOf>;

/** By what applications prove themselves, request by request. */
export function proofsOf(store: SigninStore, clock: RealClock) {
  const shown = new WeakMap<object, Id>();
  return {
    /** Whether a secret is one of the application's that are in force. */
    async isSecret(appId: string, given: string): Promise<boolean> {
      const app = await store.findApp(appId);
      const id = await secretAmong(app?.credentials ?? [], given, clock.now());
      const request = Provider.ctx?.oidc;
      if (id !== null && request !== undefined) shown.set(request, id);
      return id !== null;
    },

    /** The secret or certificate that a request showed, once the provider has checked it. */
    async shownIn({ oidc }: KoaContextWithOIDC, { credentials }: StoredApp): Promise<Id> {
      const { client_assertion: assertion } = oidc.params ?? {};
      const isAsserted = typeof assertion === 'string';
      const id = isAsserted ? await certificateAmong(credentials, assertion, clock.now()) : shown.get(oidc);
      if (id === null || id === undefined) throw new errors.InvalidClientAuth('it was removed, or is over');
      return id;
    },
  };
}
