import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { AuthenticationMethods } from '../../src/signin/security-info/contract.ts';
import { useGet } from '../api/queries.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/use-words.ts';
import { AuthenticatorApp } from './authenticator-app.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

/** What somebody signs in with, and everywhere that they are signed in. */
export function SecurityPage() {
  const { t } = useWords();
  const { data: methods, error, refetch } = useGet<AuthenticationMethods>('/sallyport/me/authentication');
  return (
    <Page title={t('security.title')} text={t('security.text')}>
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {methods === undefined && error === null ? <Loading /> : null}
      {methods === undefined ? null : <Methods methods={methods} />}
      <Sessions />
    </Page>
  );
}

function Methods({ methods }: { readonly methods: AuthenticationMethods }) {
  const { t } = useWords();
  if (!methods.isBuiltIn) {
    return (
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t('security.outside')}</MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <>
      <Passkeys passkeys={methods.passkeys} />
      <Password hasPassword={methods.hasPassword} />
      <AuthenticatorApp methods={methods} />
    </>
  );
}
