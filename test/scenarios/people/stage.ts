import { orRefuse } from '../../../src/kernel/outcome.ts';
import { loadMails } from '../../../src/notifications/index.ts';
import { type Browser, openBrowser } from '../../browser.ts';
import { type Credentials, codeAt, enrolByLink, goodPassword, type SigningIn } from '../../people.ts';
import type { DatabaseKind } from '../../postgres.ts';
import { openServing, type Serving } from '../../serving.ts';
import { type HeldClock, quickClock } from '../../signin.ts';

/** A person of the directory, and how they come in. */
export interface Someone {
  readonly id: string;
  readonly userPrincipalName: string;
}

/** An event of a person, as the audit log shows it. */
export interface Audited {
  readonly activityDisplayName: string;
  readonly result: string;
  readonly resultReason: string;
}

/** A server that signs people in, and people for it. */
export interface PeopleStage {
  readonly serving: Serving;
  readonly clock: HeldClock;
  /** A browser in which nobody is signed in. */
  browser(): Browser;
  newPerson(): Promise<Someone>;
  /** The secret of a one-time link. */
  linkFor(person: Someone, lasts?: string): Promise<string>;
  /** Gives a person a password and an authenticator app. */
  enrol(person: Someone): Promise<Credentials>;
  /** Signs in with password and authenticator app, at the page of a sign-in. */
  signIn(page: SigningIn, credentials: Credentials): Promise<void>;
  /** Whether the account may be used. */
  setEnabled(person: Someone, accountEnabled: boolean): Promise<void>;
  /** What the audit log says about a person. */
  audit(person: Someone): Promise<readonly Audited[]>;
  /** The subjects of the mails to a person, oldest first. */
  mailTo(person: Someone): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openPeople(kind: DatabaseKind, environment: NodeJS.ProcessEnv = {}): Promise<PeopleStage> {
  const clock = quickClock();
  const serving = await openServing(kind, environment, { realClock: clock });
  let count = 0;
  const browser = () => openBrowser(serving.app.httpUrl);
  const linkFor = async ({ userPrincipalName }: Someone, lasts = 'PT1H') => {
    const link = await serving.app.kit.signin.invite(userPrincipalName, Temporal.Duration.from(lasts));
    return orRefuse(link).secret;
  };
  return {
    serving,
    clock,
    browser,
    linkFor,
    async newPerson() {
      count += 1;
      const userPrincipalName = `person${count}@contoso.example`;
      const { body } = await serving.call('POST', '/users', {
        userPrincipalName,
        displayName: `Person ${count}`,
        mailNickname: `person${count}`,
        accountEnabled: true,
        passwordProfile: { password: 'taken, and not kept' },
      });
      return { id: String(body['id']), userPrincipalName };
    },
    enrol: async (person) => enrolByLink(browser(), await linkFor(person), person.userPrincipalName, clock.now),
    async signIn(page, { userPrincipalName, totpSecret }) {
      // A code is taken once: the next one is another.
      clock.pass(30);
      await page.show('password', { userPrincipalName, password: goodPassword });
      await page.follow(await page.show('totp', { code: codeAt(totpSecret, clock.now()) }));
    },
    async setEnabled({ id }, accountEnabled) {
      await serving.call('PATCH', `/users/${id}`, { accountEnabled });
    },
    async audit({ id }) {
      const { body } = await serving.call('GET', '/auditLogs/directoryAudits?$top=999');
      const all = body['value'] as unknown as (Audited & { targetResources: { id: string }[] })[];
      return all.filter(({ targetResources }) => targetResources.some((target) => target.id === id));
    },
    async mailTo({ id }) {
      const { worker, database } = serving.app.kit;
      await worker.settle();
      return (await loadMails(database.db, id)).map(({ subject }) => subject);
    },
    close: () => serving.close(),
  };
}
