import { Button } from '@fluentui/react-components';
import { signInPath } from '../api/session.ts';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';

/** Begins a sign-in anew, where this one leads nowhere. */
export function BeginAgain() {
  const { t } = useWords();
  return (
    <Actions>
      <Button as="a" appearance="primary" href={signInPath('/')}>
        {t('signIn.beginAgain')}
      </Button>
    </Actions>
  );
}
