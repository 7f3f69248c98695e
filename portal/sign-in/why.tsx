import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { ApiError } from '../api/errors.ts';
import { RefusalNote } from '../parts/step-up.tsx';
import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';
import { PasskeyFault } from './passkey.ts';

/** Refusals that somebody meets who does nothing wrong, in their own language. */
const known: Readonly<Record<string, MessageKey>> = {
  AuthenticatorCodeWrong: 'signIn.why.authenticatorCode',
  PasskeyNotMade: 'signIn.why.passkeyNotMade',
  PasskeyRegisteredAlready: 'signIn.why.passkeyKnown',
  PasswordTooLong: 'signIn.why.passwordTooLong',
  PasswordTooShort: 'signIn.why.passwordTooShort',
  PasswordTooWeak: 'signIn.why.passwordTooWeak',
  SignInAccountDisabled: 'signIn.why.disabled',
  SignInCodeWrong: 'signIn.why.code',
  SignInExpired: 'signIn.why.expired',
  SignInLinkNotValid: 'signIn.why.link',
  SignInPasskeyRefused: 'signIn.why.passkey',
  SignInPasswordWrong: 'signIn.why.password',
  SignInStepNotExpected: 'signIn.why.expired',
  TooManySignInAttempts: 'signIn.why.tooMany',
};

const ofPasskeys = {
  gone: 'signIn.why.passkeyGone',
  known: 'signIn.why.passkeyKnown',
  impossible: 'signIn.why.passkeyImpossible',
} as const;

/** Why something was refused, if anything was: said to screen readers too. */
export function Why({ failure }: { readonly failure: unknown }) {
  const { t } = useWords();
  if (failure === null) return null;
  const key = keyOf(failure);
  if (key === undefined) return <RefusalNote error={failure} />;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{t(key)}</MessageBarBody>
    </MessageBar>
  );
}

/** Whether a sign-in is over, here at least: all that is left is to begin another. */
export function isOver(failure: unknown): boolean {
  return keyOf(failure) === 'signIn.why.expired';
}

function keyOf(failure: unknown): MessageKey | undefined {
  if (failure instanceof PasskeyFault) return ofPasskeys[failure.reason];
  return failure instanceof ApiError ? known[failure.code] : undefined;
}
