import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { RealClock } from '../model.ts';
import { awaited } from '../people/model.ts';
import { changePassword, registerPasskey, registerTotp } from '../people/operations.ts';
import { defaultName, placeOf, registered, registrationOptions } from '../people/passkey.ts';
import type { PeopleStore } from '../people/store.ts';
import { newTotpSecret, stepOfCode, totpAddress } from '../people/totp.ts';
import type { SignInStep, TotpEnrolment } from './contract.ts';
import { type Flow, notExpected, type Scene } from './flow.ts';

/**
 * Registering authentication methods on the way in: for whoever came by a one-time link, and has not enough to come in
 * without one.
 */
export function createEnrolment(flow: Flow, store: PeopleStore, realClock: RealClock) {
  /** Who enrols; refused with `SignInStepNotExpected` for everybody else. */
  async function enrolling(scene: Scene) {
    const pending = await flow.pendingOf(scene);
    const account = pending.userId === null ? null : await flow.accountIn(pending);
    if (account === null) return notExpected();
    if (account.is === 'refused') return account;
    if (awaited(pending, await flow.methodsOf(scene, account.value)) !== 'enrolment') return notExpected();
    return accept({ pending, account: account.value });
  }

  return {
    async password(scene: Scene, password: string): Promise<Outcome<SignInStep>> {
      const who = await enrolling(scene);
      if (who.is === 'refused') return who;
      const { pending, account } = who.value;
      const done = await flow.asThem(scene, account, 'user.passwordChanged', (tx) =>
        changePassword(tx, account, password),
      );
      return done.is === 'refused' ? done : flow.next(scene, pending);
    },

    async totpSecret(scene: Scene): Promise<Outcome<TotpEnrolment>> {
      const who = await enrolling(scene);
      if (who.is === 'refused') return who;
      const { pending, account } = who.value;
      const secret = pending.totpSecret ?? newTotpSecret();
      await flow.save(scene, { ...pending, totpSecret: secret });
      return accept({ secret, address: totpAddress(secret, account.userPrincipalName) });
    },

    async totp(scene: Scene, code: string): Promise<Outcome<SignInStep>> {
      const who = await enrolling(scene);
      if (who.is === 'refused') return who;
      const { pending, account } = who.value;
      const { totpSecret: secret } = pending;
      if (secret === null) return notExpected();
      const step = stepOfCode(code, secret, null, realClock.now());
      if (step === null) return codeWrong();
      const codes = await flow.asThem(scene, account, 'user.securityInfoRegistered', (tx) =>
        registerTotp(tx, account, secret, step),
      );
      if (codes.is === 'refused') return codes;
      const enrolled = { ...pending, totpSecret: null };
      await flow.save(scene, enrolled);
      return flow.next(scene, enrolled, codes.value);
    },

    async passkeyOptions(scene: Scene): Promise<Outcome<unknown>> {
      const who = await enrolling(scene);
      if (who.is === 'refused') return who;
      const { pending, account } = who.value;
      const place = placeOf(scene.baseUrl);
      const options = await registrationOptions(account, await store.passkeysOf(account.id), place);
      await flow.save(scene, { ...pending, challenge: options.challenge });
      return accept(options);
    },

    async passkey(scene: Scene, response: unknown, name: string | undefined): Promise<Outcome<SignInStep>> {
      const who = await enrolling(scene);
      if (who.is === 'refused') return who;
      const { pending, account } = who.value;
      if (pending.challenge === null) return notExpected();
      await flow.save(scene, { ...pending, challenge: null });
      const made = await registered(response, pending.challenge, placeOf(scene.baseUrl));
      if (made === null) return passkeyNotMade();
      const passkey = { ...made, displayName: name ?? defaultName(made, realClock.now()) };
      const done = await flow.asThem(scene, account, 'user.securityInfoRegistered', (tx) =>
        registerPasskey(tx, account, passkey),
      );
      return done.is === 'refused' ? done : flow.next(scene, { ...pending, challenge: null });
    },
  };
}

/** What the authenticator app shows does not belong to the secret, or its clock is wrong. */
export function codeWrong(): Outcome<never> {
  return refuse(
    'invalid',
    'AuthenticatorCodeWrong',
    'This is not the code that the app shows now. Is its clock right?',
  );
}

export function passkeyNotMade(): Outcome<never> {
  return refuse('invalid', 'PasskeyNotMade', 'The browser made no passkey that can be used here. Try again.');
}
