import type { EventEmitter } from 'node:events';
import type { Provider } from 'oidc-provider';
import type { Log } from '../../platform/log.ts';
import type { Realm } from '../realm.ts';
import type { ProviderParts } from './provider.ts';

/**
 * Providers, made when they are first asked for: one for each of our addresses.
 * @param realm opened at first use
 */
export function openProviders(
  realm: () => Promise<Realm>,
  parts: Omit<ProviderParts, 'realm'>,
  log: Log,
): (baseUrl: string) => Promise<Provider> {
  const made = new Map<string, Promise<Provider>>();
  async function make(baseUrl: string): Promise<Provider> {
    const opened = await realm();
    const createProvider = await loadProvider(log);
    const fresh = createProvider({ ...parts, realm: opened }, baseUrl);
    fresh.on('server_error', (_ctx, fault) => log.error({ fault }, 'The OpenID provider failed'));
    // Koa's own event, of which the provider's types do not speak.
    (fresh as EventEmitter).on('error', (fault) => log.error({ fault }, 'The OpenID provider failed'));
    return fresh;
  }
  return (baseUrl) => {
    const known = made.get(baseUrl);
    if (known !== undefined) return known;
    const making = make(baseUrl).catch((fault: unknown) => {
      made.delete(baseUrl);
      throw fault;
    });
    made.set(baseUrl, making);
    return making;
  };
}

/**
 * Loads the provider when somebody first signs in: a server that nobody signs in to starts without it. It knows a
 * supported Node by a mark that npm's builds of Node 26 lack, and says so on the terminal; ours goes to the log.
 */
async function loadProvider(log: Log) {
  const { warn } = console;
  console.warn = (message: unknown) => log.info({ message }, 'The OpenID provider remarks');
  try {
    return (await import('./provider.ts')).createProvider;
  } finally {
    console.warn = warn;
  }
}
