import type { InteractionResults } from 'oidc-provider';
import type { UserCaller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { operate, type Tx } from '../../platform/transaction.ts';
import type { Account } from '../model.ts';
import type { Checks, From } from '../people/checks.ts';
import { amrOf, awaited, type Methods, type Proof, secondFactors } from '../people/model.ts';
import { recordSignIn } from '../people/operations.ts';
import { type PasskeyPlace, placeOf, signingOptions } from '../people/passkey.ts';
import type { PeoplePorts } from '../people/ports.ts';
import { peopleStore } from '../people/store.ts';
import { acrOf, contextsOf, type Demands } from '../provider/demands.ts';
import type { SignInStep } from './contract.ts';
import { nothingPending, type Pending, progressStore } from './store.ts';

/** A sign-in that the provider waits for, in the browser that it was begun in. */
export interface Scene extends From {
  readonly uid: string;
  /** What it waits for: `login`, `select_account` or `consent`. */
  readonly prompt: string;
  readonly reasons: readonly string[];
  readonly appId: string;
  readonly appName: string;
  /** Who is signed in at the provider in this browser. */
  readonly session: {
    readonly accountId: Id;
    readonly amr: readonly string[];
    readonly acr: string | undefined;
  } | null;
  readonly demands: Demands;
  readonly loginHint: string | null;
  /** The address of ours that the browser uses. */
  readonly baseUrl: string;
  /** Hands the provider the result, and says where the browser goes with it. */
  readonly finish: (result: InteractionResults) => Promise<string>;
}

export interface FlowParts {
  readonly people: PeoplePorts;
  readonly checks: Checks;
}

/** How long a sign-in may take, as the provider's interactions. */
const patience = { minutes: 30 };
/** Why somebody who is signed in is only asked for more, and need not say again who they are. */
const more: ReadonlySet<string> = new Set(['mfa', 'contexts']);

export type Flow = ReturnType<typeof createFlow>;

/** Signing in, step by step. Each function takes what was shown and gives what is to be shown next. */
export function createFlow({ people, checks }: FlowParts) {
  const { runtime, accountOf } = people;
  const { db, realClock } = runtime;
  const progress = progressStore(db);
  const store = peopleStore(db);

  async function pendingOf(scene: Scene): Promise<Pending> {
    const known = await progress.load(scene.uid, realClock.now());
    if (known !== null) return known;
    const isMore = scene.session !== null && scene.reasons.every((reason) => more.has(reason));
    return isMore && scene.prompt === 'login'
      ? { ...nothingPending, userId: scene.session.accountId, proofs: ['session'] }
      : nothingPending;
  }

  function save(scene: Scene, pending: Pending): Promise<void> {
    const now = realClock.now();
    return progress.save(scene.uid, pending, now, now.add(patience));
  }

  /** The account whose sign-in it is; refused with `SignInAccountDisabled` where it cannot be used any more. */
  async function accountIn({ userId }: Pending): Promise<Outcome<Account>> {
    const account = userId === null ? null : await accountOf(userId);
    if (account?.accountEnabled === true) return accept(account);
    return refuse('unauthenticated', 'SignInAccountDisabled', 'The account is disabled. Ask an administrator.');
  }

  /** What the person has that works at the address that the browser uses. */
  const methodsOf = (scene: Scene, { id }: Account): Promise<Methods> =>
    store.methodsOf(id, placeOf(scene.baseUrl).host);

  /** What is to be shown now; finishes where nothing is. */
  async function next(
    scene: Scene,
    pending: Pending,
    recoveryCodes: readonly string[] | null = null,
  ): Promise<Outcome<SignInStep>> {
    const app = scene.appName;
    if (pending.proofs.length === 0) return accept(await opening(scene, pending));
    const found = await accountIn(pending);
    if (found.is === 'refused') return found;
    const methods = await methodsOf(scene, found.value);
    const wanted = awaited(pending, methods);
    if (wanted === 'nothing') return finished(scene, pending, found.value, recoveryCodes);
    return accept(stepOf(wanted, app, found.value.userPrincipalName, pending, methods));
  }

  /** What is asked before anything was shown. */
  async function opening(
    { prompt, session, loginHint, appName: app }: Scene,
    { isOther }: Pending,
  ): Promise<SignInStep> {
    const signedIn = session === null || isOther ? null : await accountOf(session.accountId);
    if (signedIn === null) return { step: 'firstFactor', app, account: isOther ? null : loginHint };
    const account = signedIn.userPrincipalName;
    if (prompt === 'select_account') return { step: 'selectAccount', app, account };
    return { step: prompt === 'consent' ? 'consent' : 'firstFactor', app, account };
  }

  async function finished(scene: Scene, pending: Pending, account: Account, codes: readonly string[] | null) {
    const { proofs } = pending;
    const isSame = scene.session?.accountId === account.id && proofs.includes('session');
    const before = isSame ? scene.session : null;
    const amr = amrOf(proofs, before?.amr);
    const acr = acrOf([...contextsOf(before?.acr), ...scene.demands.contexts]);
    const at = realClock.now();
    const how = { appId: scene.appId, methods: proofs, address: scene.address, at };
    const recorded = await asThem(scene, account, 'user.signedIn', (tx) => recordSignIn(tx, account, how));
    if (recorded.is === 'refused') return recorded;
    const login = {
      accountId: account.id,
      amr,
      ...(acr === undefined ? {} : { acr }),
      ts: Math.floor(at.epochMilliseconds / 1000),
      remember: false,
    };
    const location = await scene.finish({ login, select_account: {} });
    await progress.remove(scene.uid);
    return accept({ step: 'done' as const, location, recoveryCodes: codes });
  }

  /** Does something on behalf of the person whose sign-in it is. */
  function asThem<T>(
    scene: Scene,
    account: Account,
    attempts: string,
    work: (tx: Tx) => Promise<T>,
  ): Promise<Outcome<T>> {
    const { id, userPrincipalName, displayName } = account;
    const caller: UserCaller = { kind: 'user', id, userPrincipalName, displayName, appId: scene.appId, mfaAt: null };
    return operate(runtime, { caller, requestId: scene.requestId, attempts, subject: id }, work);
  }

  /** Adds a proof to what was shown, where somebody's it was is known. */
  async function shown(scene: Scene, pending: Pending, account: Account, proof: Proof): Promise<Outcome<SignInStep>> {
    const proofs = [...new Set([...pending.proofs, proof])];
    const added: Pending = { ...pending, userId: account.id, proofs, challenge: null };
    await save(scene, added);
    return next(scene, added);
  }

  return {
    pendingOf,
    save,
    next,
    shown,
    accountIn,
    asThem,
    methodsOf,

    current: async (scene: Scene) => next(scene, await pendingOf(scene)),

    async password(scene: Scene, name: string, password: string): Promise<Outcome<SignInStep>> {
      const pending = await pendingOf(scene);
      if (pending.proofs.length > 0) return notExpected();
      const account = await checks.password(scene, name, password);
      return account.is === 'refused' ? account : shown(scene, pending, account.value, 'password');
    },

    /** A code of an authenticator app, or a recovery code, as the second factor. */
    async code(scene: Scene, kind: 'totp' | 'recoveryCode', code: string): Promise<Outcome<SignInStep>> {
      const pending = await pendingOf(scene);
      const account = await accountIn(pending);
      if (pending.userId === null) return notExpected();
      if (account.is === 'refused') return account;
      const methods = await methodsOf(scene, account.value);
      if (awaited(pending, methods) !== 'secondFactor' || !secondFactors(methods).includes(kind)) return notExpected();
      const checked = await checks[kind](scene, account.value, code);
      return checked.is === 'refused' ? checked : shown(scene, pending, checked.value, kind);
    },

    /** What the browser is to sign with a passkey: the person's, or any where it is not known yet who it is. */
    async passkeyOptions(scene: Scene): Promise<Outcome<unknown>> {
      const pending = await pendingOf(scene);
      const place: PasskeyPlace = placeOf(scene.baseUrl);
      const known = pending.userId === null ? [] : await store.passkeysOf(pending.userId);
      const options = await signingOptions(
        known.filter(({ relyingParty }) => relyingParty === place.host),
        place,
      );
      await save(scene, { ...pending, challenge: options.challenge });
      return accept(options);
    },

    async passkey(scene: Scene, response: unknown): Promise<Outcome<SignInStep>> {
      const pending = await pendingOf(scene);
      if (pending.challenge === null) return notExpected();
      // A challenge is answered once, whatever the answer is.
      await save(scene, { ...pending, challenge: null });
      const place = placeOf(scene.baseUrl);
      const account = await checks.passkey(scene, response, pending.challenge, place, pending.userId);
      return account.is === 'refused' ? account : shown(scene, pending, account.value, 'passkey');
    },

    async link(scene: Scene, secret: string): Promise<Outcome<SignInStep>> {
      const account = await checks.link(scene, secret);
      if (account.is === 'refused') return account;
      // Whoever has a link begins with it, whatever was shown before.
      return shown(scene, { ...nothingPending, isOther: true }, account.value, 'link');
    },

    /** Goes on as whoever is signed in, or as somebody else. */
    async choose(scene: Scene, isOther: boolean): Promise<Outcome<SignInStep>> {
      if (isOther) {
        const anew = { ...nothingPending, isOther };
        await save(scene, anew);
        return next(scene, anew);
      }
      if (scene.prompt !== 'select_account' && scene.prompt !== 'consent') return notExpected();
      const location = await scene.finish({ [scene.prompt]: {} });
      return accept({ step: 'done', location, recoveryCodes: null });
    },

    /** Goes back to the application without a sign-in. */
    async cancel(scene: Scene): Promise<Outcome<SignInStep>> {
      await progress.remove(scene.uid);
      const error_description = 'The person did not want to sign in.';
      const location = await scene.finish({ error: 'access_denied', error_description });
      return accept({ step: 'done', location, recoveryCodes: null });
    },
  };
}

function stepOf(
  wanted: 'firstFactor' | 'secondFactor' | 'link' | 'enrolment',
  app: string,
  account: string,
  { proofs }: Pending,
  methods: Methods,
): SignInStep {
  switch (wanted) {
    case 'firstFactor':
      return { step: wanted, app, account };
    case 'secondFactor': {
      const able = secondFactors(methods) as ('passkey' | 'totp' | 'recoveryCode')[];
      return { step: wanted, app, account, methods: able, isStepUp: proofs.includes('session') };
    }
    case 'link':
      return { step: wanted, app, account };
    case 'enrolment':
      return { step: wanted, app, account, hasPassword: methods.hasPassword, hasTotp: methods.hasTotp };
    default:
      return wanted satisfies never;
  }
}

/** What comes out of turn: another tab went on, or a program makes requests of its own. */
export function notExpected(): Outcome<never> {
  return refuse('conflict', 'SignInStepNotExpected', 'This is not what is asked for now. Load the page again.');
}
