import { Button } from '@fluentui/react-components';
import { signInPath } from '../api/session.ts';
import { useWords } from '../words/use-words.ts';

/** Begins a sign-in anew, where this one leads nowhere. */
export function NoWayOn() {
  const { t } = useWords();
  return (
    <Button as="a" appearance="primary" href={signInPath('/')}>
      {t('signIn.again')}
    </Button>
  );
}
