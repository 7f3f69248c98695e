import type { Call, GraphFace, Operation } from '../../graph/declaration.ts';
import { done, idIn, keyIn, look, perform } from '../../graph/perform.ts';
import { anything } from '../../graph/schema.ts';
import type { Runtime, Tx } from '../../platform/transaction.ts';
import {
  type CodeBody,
  codeBody,
  type LinkBody,
  linkAnswer,
  linkBody,
  methodsAnswer,
  type PasskeyBody,
  type PasskeyName,
  type PasskeyOptionsBody,
  type PasswordBody,
  passkeyBody,
  passkeyName,
  passkeyOptionsBody,
  passwordBody,
  recoveryCodesAnswer,
  secretAnswer,
} from './contract.ts';
import {
  addOwnAuthenticatorApp,
  addOwnPasskey,
  changeOwnPassword,
  makeSignInLink,
  offerAuthenticatorApp,
  offerPasskey,
  type Place,
  readMethods,
  removeOwnAuthenticatorApp,
  removeOwnPasskey,
  renameOwnPasskey,
  renewOwnRecoveryCodes,
  resetAuthentication,
  revokeSignInSessions,
} from './operations.ts';

const mine = '/me/authentication';
const registering = 'user.securityInfoRegistered';
const deleting = 'user.securityInfoDeleted';

/** `/sallyport/me/authentication`, and what administrators do for others. */
export function ownSecurityInfo(runtime: Runtime, place: Place): GraphFace {
  /** Does something in the caller's own name, and answers with what it gives. */
  const answering = async <B>(
    call: Call<B>,
    attempts: string,
    work: (tx: Tx) => Promise<object>,
    subject?: string,
  ) => ({
    status: 200 as const,
    body: await perform(runtime, call, attempts, subject, work),
    context: 'sallyport.authentication',
  });
  const silent = async <B>(call: Call<B>, attempts: string, work: (tx: Tx) => Promise<void>) => {
    await perform(runtime, call, attempts, undefined, work);
    return { status: 204 as const };
  };
  const reading = async <B>(call: Call<B>, key: string) => ({
    status: 200 as const,
    body: await look(runtime, call, 'user.authenticationRead', key, (tx) => readMethods(tx, key, place)),
    context: 'sallyport.authentication',
  });
  return {
    sets: [],
    mounts: {},
    operations: [
      {
        method: 'GET',
        path: mine,
        says: 'What the caller signs in with.',
        answers: methodsAnswer,
        run: (call) => reading(call, call.caller.kind === 'user' ? call.caller.id : ''),
      } satisfies Operation,
      {
        method: 'POST',
        path: `${mine}/changePassword`,
        says: 'Gives the caller another password.',
        body: passwordBody,
        run: (call) => silent(call, 'user.passwordChanged', (tx) => changeOwnPassword(tx, call.body.password)),
      } satisfies Operation<PasswordBody>,
      {
        method: 'POST',
        path: `${mine}/passkeyOptions`,
        says: 'What a browser makes a passkey from (`PublicKeyCredentialCreationOptions`, as JSON).',
        body: passkeyOptionsBody,
        answers: anything(),
        run: (call) => answering(call, registering, (tx) => offerPasskey(tx, call.body.origin, place)),
      } satisfies Operation<PasskeyOptionsBody>,
      {
        method: 'POST',
        path: `${mine}/passkeys`,
        says: 'Registers the passkey that the browser made.',
        body: passkeyBody,
        run: (call) => silent(call, registering, (tx) => addOwnPasskey(tx, call.body, place)),
      } satisfies Operation<PasskeyBody>,
      {
        method: 'PATCH',
        path: `${mine}/passkeys/{id}`,
        says: 'Gives a passkey another name.',
        body: passkeyName,
        run: (call) => {
          const rename = (tx: Tx) => renameOwnPasskey(tx, keyIn(call, 'id'), call.body.displayName);
          return silent(call, 'user.passkeyRenamed', rename);
        },
      } satisfies Operation<PasskeyName>,
      {
        method: 'DELETE',
        path: `${mine}/passkeys/{id}`,
        says: 'Takes a passkey away, unless nothing else is left to sign in with.',
        run: (call) => silent(call, deleting, (tx) => removeOwnPasskey(tx, keyIn(call, 'id'))),
      } satisfies Operation,
      {
        method: 'POST',
        path: `${mine}/authenticatorAppSecret`,
        says: 'A secret for an authenticator app, which counts once a code of it was shown.',
        answers: secretAnswer,
        run: (call) => answering(call, registering, offerAuthenticatorApp),
      } satisfies Operation,
      {
        method: 'POST',
        path: `${mine}/authenticatorApp`,
        says: 'Registers the authenticator app that shows a code, in place of one before. Gives recovery codes, once.',
        body: codeBody,
        answers: recoveryCodesAnswer,
        run: (call) => answering(call, registering, (tx) => addOwnAuthenticatorApp(tx, call.body.code)),
      } satisfies Operation<CodeBody>,
      {
        method: 'DELETE',
        path: `${mine}/authenticatorApp`,
        says: 'Takes the authenticator app away, unless nothing else is left to sign in with.',
        run: (call) => silent(call, deleting, removeOwnAuthenticatorApp),
      } satisfies Operation,
      {
        method: 'POST',
        path: `${mine}/recoveryCodes`,
        says: 'Ten recovery codes in place of those before, told once.',
        answers: recoveryCodesAnswer,
        run: (call) => answering(call, registering, renewOwnRecoveryCodes),
      } satisfies Operation,
      {
        method: 'GET',
        path: '/users/{id}/authentication',
        says: 'What somebody signs in with.',
        answers: methodsAnswer,
        run: (call) => reading(call, idIn(call, 'id')),
      } satisfies Operation,
      {
        method: 'POST',
        path: '/users/{id}/signInLink',
        says: 'A one-time link for somebody to sign in by (ISO 8601 `lasts`, PT1H without), in place of one before.',
        body: linkBody,
        answers: linkAnswer,
        run: (call) => {
          const id = idIn(call, 'id');
          const make = (tx: Tx) => makeSignInLink(tx, id, call.body.lasts, place);
          return answering(call, 'user.signInLinkMade', make, id);
        },
      } satisfies Operation<LinkBody>,
      {
        method: 'POST',
        path: '/users/{id}/resetAuthentication',
        says: 'Takes from somebody all that they sign in with, and signs them out everywhere.',
        run: (call) => done(runtime, call, 'user.securityInfoReset', idIn(call, 'id'), resetAuthentication),
      } satisfies Operation,
    ] as Operation[],
  };
}

/** Graph's `revokeSignInSessions`. Source: Graph reference, "user: revokeSignInSessions". */
export function signinGraph(runtime: Runtime): GraphFace {
  const revoke: Operation = {
    method: 'POST',
    path: '/users/{id}/revokeSignInSessions',
    says: 'Signs somebody out everywhere.',
    run: async (call) => {
      const id = idIn(call, 'id');
      await perform(runtime, call, 'user.signedOutEverywhere', id, (tx) => revokeSignInSessions(tx, id));
      return { status: 200, body: { value: true }, context: 'Edm.Boolean' };
    },
  };
  return { sets: [], mounts: {}, operations: [revoke] };
}
