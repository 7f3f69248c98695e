import { Button } from '@fluentui/react-components';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';
import { keepLink } from './link.ts';

/** Where a one-time link leads. It is used only when the person goes on: whoever looks at a link first must not use it up. */
export function LinkPage() {
  const { t } = useWords();
  const secret = location.hash.slice(1);
  const go = () => {
    keepLink(secret);
    location.assign(`/session/sign-in?${new URLSearchParams({ provider: 'builtin', prompt: 'login', returnTo: '/' })}`);
  };
  return (
    <OpenPage title={t('signIn.link.title')} text={t(secret === '' ? 'signIn.link.none' : 'signIn.link.text')}>
      {secret === '' ? null : (
        <Actions>
          <Button appearance="primary" onClick={go}>
            {t('signIn.link.go')}
          </Button>
        </Actions>
      )}
    </OpenPage>
  );
}
