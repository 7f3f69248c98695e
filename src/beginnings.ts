import { initialiseTenant } from './directory/index.ts';
import { initialiseEntitlements } from './entitlements/index.ts';
import { newId } from './kernel/ids.ts';
import { orRefuse } from './kernel/outcome.ts';
import { operate, type Runtime } from './platform/transaction.ts';
import { type NewApp, registerApp } from './signin/index.ts';

export type FirstAdministrator = Parameters<typeof initialiseTenant>[1]['firstAdministrator'];

/** What is done by Sallyport itself before anybody could: the tenant begins, the first applications are registered. */
export interface Beginnings {
  /** Begins the tenant with its first administrator; refused when there is one already. */
  initialise(firstAdministrator: FirstAdministrator): Promise<void>;
  /** Registers an application; its secret, random unless given, is told this once. Null where it has none. */
  register(app: Omit<NewApp, 'id' | 'appId'>): Promise<{ readonly appId: string; readonly secret: string | null }>;
}

export function beginnings(runtime: Runtime, tenantId: string): Beginnings {
  const caller = { kind: 'system' } as const;
  return {
    async initialise(firstAdministrator) {
      const attempt = { caller, requestId: newId(), attempts: 'organization.created', subject: tenantId };
      orRefuse(
        await operate(runtime, attempt, async (tx) => {
          await initialiseTenant(tx, { tenantId, firstAdministrator });
          await initialiseEntitlements(tx);
        }),
      );
    },
    async register(app) {
      const attempt = { caller, requestId: newId(), attempts: 'app.registered' };
      const registered = orRefuse(await operate(runtime, attempt, async (tx) => orRefuse(await registerApp(tx, app))));
      return { appId: registered.app.appId, secret: registered.secret };
    },
  };
}
