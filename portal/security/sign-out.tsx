import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Confirm } from '../parts/confirm.tsx';
import { Section } from '../parts/page.tsx';
import { useSignOut } from '../shell/session.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

/** Ends every session of the person's, in case one is in the wrong hands. */
export function SignOut() {
  const styles = useStyles();
  const { t } = useWords();
  const signOut = useSignOut();
  const actions = (
    <Confirm
      trigger={<Button>{t('shell.signOutEverywhere')}</Button>}
      title={t('shell.signOutEverywhere')}
      confirmLabel={t('shell.signOutEverywhere')}
      confirm={() => signOut(true)}
    >
      <Text>{t('security.out.confirm')}</Text>
    </Confirm>
  );
  return (
    <Section title={t('security.out.title')} actions={actions}>
      <Text className={styles.quiet}>{t('security.out.text')}</Text>
    </Section>
  );
}
