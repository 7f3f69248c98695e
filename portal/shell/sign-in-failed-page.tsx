import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { signInPath } from '../api/session.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { Actions } from '../sign-in/actions.tsx';
import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  codes: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** What somebody can make sense of, and do something about. */
const known: Readonly<Record<string, MessageKey>> = {
  SignInAccountDisabled: 'signIn.why.disabled',
  SignInDenied: 'failed.why.denied',
  SignInExpired: 'failed.why.expired',
  SignInProofMissing: 'failed.why.proof',
  SignInProviderUnavailable: 'failed.why.unavailable',
  SignInUserUnknown: 'failed.why.unknown',
};

/** Where a sign-in ends that did not work. The code says what it was; nothing more is told to who is nobody yet. */
export function SignInFailedPage() {
  const styles = useStyles();
  const { t } = useWords();
  const query = new URLSearchParams(location.search);
  const code = query.get('code');
  const requestId = query.get('requestId');
  return (
    <OpenPage title={t('failed.title')} text={t('failed.text')}>
      <Text>{t(known[code ?? ''] ?? 'failed.why.other')}</Text>
      <Actions>
        <Button as="a" appearance="primary" href={signInPath('/')}>
          {t('failed.again')}
        </Button>
      </Actions>
      {code === null ? null : (
        <Text size={200} className={styles.codes}>
          {t('failed.code')}: <code>{code}</code>
          {requestId === null ? null : (
            <>
              {' · '}
              {t('parts.error.requestId')}: <code>{requestId}</code>
            </>
          )}
        </Text>
      )}
    </OpenPage>
  );
}
