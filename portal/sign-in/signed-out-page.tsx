import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../api/client.ts';
import { signInPath } from '../api/session.ts';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';
import { actionIn } from './device-page.tsx';
import { Why } from './why.tsx';

/** Where somebody is signed out, or asked whether they want to be: by an application that they have signed in to. */
export function SignedOutPage() {
  const { t } = useWords();
  const [told] = useState(() => new URLSearchParams(location.hash.slice(1)));
  if (told.has('action')) return <SigningOut told={told} />;
  return (
    <OpenPage title={t('signIn.out.done.title')} text={t('signIn.out.done.text')}>
      <Actions>
        <Button as="a" appearance="primary" href={signInPath('/')}>
          {t('signIn.again')}
        </Button>
      </Actions>
    </OpenPage>
  );
}

/** Ends the provider's session: at once for whom their application has asked already, else when the person says so. */
function SigningOut({ told }: { readonly told: URLSearchParams }) {
  const { t } = useWords();
  const [failure, setFailure] = useState<unknown>(null);
  const isAtOnce = told.get('at') === 'once';
  const signOut = useCallback(async () => {
    try {
      const body = new URLSearchParams({ xsrf: told.get('xsrf') ?? '', logout: 'yes' });
      location.assign((await send(actionIn(told), body)).location);
    } catch (fault) {
      setFailure(fault);
    }
  }, [told]);
  useEffect(() => {
    if (isAtOnce) void signOut();
  }, [isAtOnce, signOut]);
  if (isAtOnce && failure === null) return <Loading />;
  return (
    <OpenPage title={t('signIn.out.title')} text={t('signIn.out.text')}>
      <Why failure={failure} />
      <Actions>
        <Button appearance="primary" onClick={() => void signOut()}>
          {t('signIn.out.go')}
        </Button>
      </Actions>
    </OpenPage>
  );
}

/** The provider takes a form, and says where to go on. */
function send(path: string, form: URLSearchParams): Promise<{ location: string }> {
  return call(path, { method: 'POST', form });
}
