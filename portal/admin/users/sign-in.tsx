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
          <Action user={user} what="reset" path={`/sallyport/users/${user.id}/resetAuthentication`} />
        </>
      ) : null}
      <Action user={user} what="signOut" path={`/v1.0/users/${user.id}/revokeSignInSessions`} />
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

interface ActionProps {
  readonly user: Person;
  /** Which of the two: its words, and the path that does it. */
  readonly what: 'reset' | 'signOut';
  readonly path: string;
}

/** Takes something away from a person's sign-in, once that is confirmed. */
function Action({ user, what, path }: ActionProps) {
  const { t } = useWords();
  const { done } = useToast();
  const { mutateAsync } = useSend();
  const act = async () => {
    await mutateAsync({ method: 'POST', path });
    done(t(`directory.signIn.${what}Done`));
  };
  const label = t(`directory.signIn.${what}`);
  return (
    <Confirm
      trigger={<Button>{label}</Button>}
      title={t(`directory.signIn.${what}Title`, { name: nameOf(user) })}
      confirmLabel={label}
      confirm={act}
    >
      <Text>{t(`directory.signIn.${what}Text`)}</Text>
    </Confirm>
  );
}

function nameOf({ displayName, userPrincipalName }: Omit<Person, 'id'>): string {
  return displayName ?? userPrincipalName;
}
