import type { Kit } from '../app.ts';
import { loadPeople } from '../directory/index.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { loadMails } from '../notifications/index.ts';
import { readOnly } from '../platform/transaction.ts';
import type { Account } from '../signin/index.ts';
import { castApps, userPrincipalName } from './cast.ts';
import type { Rehearsal, RehearsalDescription } from './rehearsal.ts';

/** The well-known id under which Microsoft's own tools call Graph; tokens for people name it as their client. */
const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** The people, apps and mails of a rehearsal, and tokens for them. */
export interface Organisation extends Pick<Rehearsal, 'mint' | 'mailTo' | 'signIn' | 'proveMfa'> {
  describe(): Promise<Omit<RehearsalDescription, 'beganWith'>>;
}

export function organisation(kit: Kit): Organisation {
  const { db } = kit.database;
  const { sessions } = kit.signin;
  const { realClock } = kit.runtime;
  const now = () => kit.runtime.clock.now();
  const users = () => readOnly(db, (snapshot) => loadPeople(snapshot, now()));
  /** By id, user principal name or, as the cast is listed, the part before the `@` of the rehearsal's domain. */
  const find = async (name: string) => {
    const wanted = name.toLowerCase();
    const names = [wanted, userPrincipalName(wanted)];
    return (await users()).find((one) => one.id === wanted || names.includes(one.userPrincipalName.toLowerCase()));
  };
  const playable = async (name: string): Promise<Outcome<Account>> => {
    const user = await find(name);
    if (user === undefined) return nobody(name, 'user');
    if (user.accountEnabled) return accept(user);
    return refuse('invalid', 'AccountDisabled', `The account of ${user.userPrincipalName} is disabled.`, 'user');
  };
  return {
    async describe() {
      const apps = await kit.signin.listApps();
      return {
        tenantId: kit.tenantId,
        now: now().toString(),
        users: (await users()).map(({ id, userPrincipalName, displayName, jobTitle, managerId }) => ({
          id,
          userPrincipalName,
          displayName,
          jobTitle,
          managerId,
        })),
        apps: apps.map(({ appId, displayName, permissions }) => ({
          appId,
          displayName,
          permissions,
          clientSecret: castApps.find((one) => one.displayName === displayName)?.secret ?? null,
        })),
      };
    },
    async mint(who) {
      if ('app' in who) return kit.signin.issuer.mintAppToken(who.app.toLowerCase());
      const user = await playable(who.user);
      if (user.is === 'refused') return user;
      return accept(
        await kit.signin.issuer.mintUserToken({
          user: user.value,
          mfa: who.mfa === true,
          contexts: who.acrs ?? [],
          appId: graphTools,
        }),
      );
    },
    async signIn(request, { user: name, mfa, acrs = [] }) {
      const user = await playable(name);
      if (user.is === 'refused') return user;
      const proven = {
        provider: 'rehearsal',
        mfaAt: mfa === true ? realClock.now() : null,
        contexts: acrs,
        idToken: null,
      } as const;
      return accept(await sessions.begin(request, { account: user.value, ...proven }));
    },
    async proveMfa(request, { acrs = [] }) {
      const open = await sessions.find(request);
      if (open === null) {
        return refuse('unauthenticated', 'NotSignedIn', 'Nobody is signed in here. Use POST /rehearsal/sign-in first.');
      }
      const contexts = [...new Set([...open.session.contexts, ...acrs])];
      return accept(await sessions.stepUp(request, open, { mfaAt: realClock.now(), contexts }));
    },
    async mailTo(name) {
      const user = name === null ? null : await find(name);
      if (user === undefined) return nobody(name ?? '', 'to');
      await kit.worker.settle();
      const mails = await loadMails(db, user?.id ?? null);
      return accept(
        mails.map(({ to, subject, text, html, at, event, messageId }) => ({
          to,
          subject,
          text,
          html,
          sentDateTime: at.toString(),
          messageId,
          event,
        })),
      );
    },
  };
}

function nobody(name: string, target: string) {
  return refuse('invalid', 'UserNotFound', `Nobody here is called "${name}". See GET /rehearsal.`, target);
}
