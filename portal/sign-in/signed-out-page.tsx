import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { call } from '../api/client.ts';
import { signInPath } from '../api/session.ts';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { actionIn } from './device-page.tsx';
import { Why } from './why.tsx';

/** Ends the provider's session: at once for who was asked by the application, else when the person says so. */
export function SignedOutPage() {
  const { t } = useWords();
  const told = new URLSearchParams(location.hash.slice(1));
  const [failure, setFailure] = useState<unknown>(null);
  const isDone = !told.has('action');
  const isAtOnce = told.get('at') === 'once';
  const signOut = async () => {
    try {
      const body = new URLSearchParams({ xsrf: told.get('xsrf') ?? '', logout: 'yes' });
      location.assign((await send(actionIn(told), body)).location);
    } catch (fault) {
      setFailure(fault);
    }
  };
  useEffect(() => {
    if (!isDone && isAtOnce) void signOut();
    // Once, when the page is opened.
  }, []);
  if (!isDone && isAtOnce && failure === null) return <Loading />;
  if (isDone) {
    return (
      <OpenPage title={t('signIn.out.done.title')} text={t('signIn.out.done.text')}>
        <Button as="a" appearance="primary" href={signInPath('/')}>
          {t('signIn.again')}
        </Button>
      </OpenPage>
    );
  }
  return (
    <OpenPage title={t('signIn.out.title')} text={t('signIn.out.text')}>
      <Why failure={failure} />
      <Button appearance="primary" onClick={() => void signOut()}>
        {t('signIn.out.go')}
      </Button>
    </OpenPage>
  );
}

/** The provider takes a form, and says where to go on. */
function send(path: string, form: URLSearchParams): Promise<{ location: string }> {
  return call(path, { method: 'POST', form });
}
