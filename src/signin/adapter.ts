import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { RealClock } from './model.ts';
import type { RecordKey, SigninStore } from './store.ts';

// The provider itself decides what has expired, with some tolerance; the record must outlive that.
const toleranceSeconds = 15;

/** How the OpenID provider reaches our tables: registered apps as its clients, everything else as records. */
export function adapterOf(store: SigninStore, clock: RealClock): AdapterFactory {
  return (model) => (model === 'Client' ? clientAdapter(store) : recordAdapter(model, store, clock));
}

function clientAdapter(store: SigninStore): Adapter {
  return {
    async find(id) {
      const app = await store.findApp(id);
      if (app === null) return undefined;
      return {
        client_id: app.appId,
        client_name: app.displayName,
        // INVARIANT: this is a hash, and `provider.ts` compares it as one; it is not a secret that anyone may present.
        client_secret: app.secretHash,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      };
    },
    upsert: notByTheProvider,
    findByUserCode: notByTheProvider,
    findByUid: notByTheProvider,
    consume: notByTheProvider,
    destroy: notByTheProvider,
    revokeByGrantId: notByTheProvider,
  };
}

async function notByTheProvider(): Promise<undefined> {
  throw new Error('Apps are registered by an operation, never by the provider');
}

function recordAdapter(model: string, store: SigninStore, clock: RealClock): Adapter {
  const find = async (key: RecordKey, value: string): Promise<AdapterPayload | undefined> => {
    const record = await store.findRecord(model, key, value, clock.now());
    if (record === null) return undefined;
    if (record.consumedAt === null) return { ...record.payload };
    return { ...record.payload, consumed: Math.floor(record.consumedAt.epochMilliseconds / 1000) };
  };
  return {
    upsert: (id, payload, expiresIn) => {
      const seconds = expiresIn === undefined ? null : expiresIn + toleranceSeconds;
      return store.saveRecord(model, id, payload, seconds === null ? null : clock.now().add({ seconds }));
    },
    find: (id) => find('id', id),
    findByUserCode: (userCode) => find('user_code', userCode),
    findByUid: (uid) => find('uid', uid),
    consume: (id) => store.consumeRecord(model, id, clock.now()),
    destroy: (id) => store.removeRecord(model, id),
    revokeByGrantId: (grantId) => store.removeRecordsOfGrant(model, grantId),
  };
}
