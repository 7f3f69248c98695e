import { type Adapter, type AdapterFactory, type AdapterPayload, errors, Provider } from 'oidc-provider';
import type { RealClock } from '../model.ts';
import type { Realm } from '../realm.ts';
import type { RecordKey, SigninStore } from '../store.ts';
import type { StandingOf } from '../tokens/standing.ts';
import { clientOf, ownClient } from './clients.ts';

// The provider itself decides what has expired, with some tolerance; the record must outlive that.
const toleranceSeconds = 15;

export interface AdapterPorts {
  readonly store: SigninStore;
  readonly realm: Realm;
  readonly clock: RealClock;
  readonly standingOf: StandingOf;
}

/** How the OpenID provider reaches our tables: applications as its clients, everything else as records. */
export function adapterOf(ports: AdapterPorts): AdapterFactory {
  const { store, clock } = ports;
  return (model) => (model === 'Client' ? clientAdapter(ports) : recordAdapter(model, store, clock));
}

function clientAdapter({ store, realm, clock, standingOf }: AdapterPorts): Adapter {
  return {
    async find(id) {
      const own = ownClient(id, realm);
      if (own !== null) return own;
      const app = await store.findApp(id);
      // One that is disabled is none: nobody signs in to it, nor does it itself.
      const isThere = app !== null && (await standingOf(app.id)).isUsable;
      return isThere ? clientOf(app, isAsserting(), clock.now()) : undefined;
    },
    upsert: notByTheProvider,
    findByUserCode: notByTheProvider,
    findByUid: notByTheProvider,
    consume: notByTheProvider,
    destroy: notByTheProvider,
    revokeByGrantId: notByTheProvider,
  };
}

/** Whether the request at hand proves its app with an assertion. */
function isAsserting(): boolean {
  return typeof Provider.ctx?.oidc.params?.['client_assertion'] === 'string';
}

async function notByTheProvider(): Promise<undefined> {
  throw new Error('Apps are registered by an operation, never by the provider');
}

/** How the provider keeps one kind of its records. */
export function recordAdapter(model: string, store: SigninStore, clock: RealClock): Adapter {
  const find = async (key: RecordKey, value: string): Promise<AdapterPayload | undefined> => {
    const record = await store.findRecord(model, key, value, clock.now());
    if (record === null) return undefined;
    if (record.consumedAt === null) return { ...record.payload };
    return { ...record.payload, consumed: Math.floor(record.consumedAt.epochMilliseconds / 1000) };
  };
  return {
    upsert: async (id, payload, expiresIn) => {
      const now = clock.now();
      if (model === 'Interaction') await store.sweepRecords(now);
      const seconds = expiresIn === undefined ? null : expiresIn + toleranceSeconds;
      return store.saveRecord(model, id, payload, seconds === null ? null : now.add({ seconds }));
    },
    find: (id) => find('id', id),
    findByUserCode: (userCode) => find('user_code', userCode),
    findByUid: (uid) => find('uid', uid),
    async consume(id) {
      // INVARIANT: of two requests that redeem one code or token at once, one gets through.
      if (await store.consumeRecord(model, id, clock.now())) return;
      throw new errors.InvalidGrant('it was redeemed already');
    },
    destroy: (id) => store.removeRecord(model, id),
    revokeByGrantId: (grantId) => store.removeRecordsOfGrant(model, grantId),
  };
}
