import { Button, Text } from '@fluentui/react-components';
import type { AuthenticationMethods } from '../../../src/signin/security-info/contract.ts';
import { may, useMe } from '../../api/me.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/page.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { GiveLink } from './give-link.tsx';
import type { User } from './wire.ts';

type Person = Pick<User, 'id' | 'displayName' | 'userPrincipalName'>;

/** What somebody signs in with, and what an administrator can do when they no longer can. */
export function SignInOf({ user }: { readonly user: Person }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const { data: methods, error } = useGet<AuthenticationMethods>(`/sallyport/users/${user.id}/authentication`);
  const mayManage = may(me, 'authenticationMethod.manage');
  if (methods === undefined) return error === null ? <Loading /> : <RefusalNote error={error} />;
  const actions = mayManage ? (
    <>
      {methods.isBuiltIn && me?.id !== user.id ? (
        <>
          <GiveLink user={user} />
          <Reset user={user} />
        </>
      ) : null}
      <SignOut user={user} />
    </>
  ) : undefined;
  return (
    <Section title={t('directory.signIn.title')} actions={actions}>
      {methods.isBuiltIn ? <Methods methods={methods} /> : <Text>{t('directory.signIn.outside')}</Text>}
    </Section>
  );
}

function Methods({ methods }: { readonly methods: AuthenticationMethods }) {
  const { t } = useWords();
  const { passkeys, hasPassword, hasAuthenticatorApp, recoveryCodesLeft: count } = methods;
  const yes = (is: boolean) => t(is ? 'directory.signIn.there' : 'parts.none');
  return (
    <Facts
      facts={[
        [
          t('security.passkeys.title'),
          passkeys.length === 0 ? t('parts.none') : passkeys.map(({ displayName }) => displayName).join(', '),
        ],
        [t('security.password.title'), yes(hasPassword)],
        [
          t('security.app.title'),
          hasAuthenticatorApp ? t('directory.signIn.appWithCodes', { count }) : yes(hasAuthenticatorApp),
        ],
      ]}
    />
  );
}

function Reset({ user }: { readonly user: Person }) {
  const { t } = useWords();
  const { done } = useToast();
  const { mutateAsync } = useSend();
  const reset = async () => {
    await mutateAsync({ method: 'POST', path: `/sallyport/users/${user.id}/resetAuthentication` });
    done(t('directory.signIn.resetDone'));
  };
  return (
    <Confirm
      trigger={<Button>{t('directory.signIn.reset')}</Button>}
      title={t('directory.signIn.resetTitle', { name: nameOf(user) })}
      confirmLabel={t('directory.signIn.reset')}
      confirm={reset}
    >
      <Text>{t('directory.signIn.resetText')}</Text>
    </Confirm>
  );
}

function SignOut({ user }: { readonly user: Person }) {
  const { t } = useWords();
  const { done } = useToast();
  const { mutateAsync } = useSend();
  const signOut = async () => {
    await mutateAsync({ method: 'POST', path: `/v1.0/users/${user.id}/revokeSignInSessions` });
    done(t('directory.signIn.signOutDone'));
  };
  return (
    <Confirm
      trigger={<Button>{t('directory.signIn.signOut')}</Button>}
      title={t('directory.signIn.signOutTitle', { name: nameOf(user) })}
      confirmLabel={t('directory.signIn.signOut')}
      confirm={signOut}
    >
      <Text>{t('directory.signIn.signOutText')}</Text>
    </Confirm>
  );
}

function nameOf({ displayName, userPrincipalName }: Omit<Person, 'id'>): string {
  return displayName ?? userPrincipalName;
}
