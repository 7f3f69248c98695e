import { Button, Text } from '@fluentui/react-components';
import { signInPath } from '../api/session.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';

/** Where a sign-in ends that did not work. The code says what it was; nothing more is told to who is nobody yet. */
export function SignInFailedPage() {
  const { t } = useWords();
  const code = new URLSearchParams(location.search).get('code');
  return (
    <OpenPage title={t('failed.title')} text={t('failed.text')}>
      {code === null ? null : (
        <Text>
          {t('failed.code')}: <code>{code}</code>
        </Text>
      )}
      <Button as="a" appearance="primary" href={signInPath('/')}>
        {t('failed.again')}
      </Button>
    </OpenPage>
  );
}
