import { Button, Divider, Link, makeStyles, tokens } from '@fluentui/react-components';
import { FingerprintRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { StepField, StepForm } from './form.tsx';
import type { Interaction } from './interaction.ts';
import { signWithPasskey } from './passkey.ts';
import { Why } from './why.tsx';

const useStyles = makeStyles({
  other: { display: 'grid', gap: tokens.spacingVerticalM },
  quiet: { justifySelf: 'start' },
});

interface Props {
  readonly step: Extract<SignInStep, { step: 'firstFactor' }>;
  readonly interaction: Interaction;
}

/** A name and its password; or a passkey, which says by itself whose it is. */
export function FirstFactor({ step, interaction }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const [name, setName] = useState(step.account ?? '');
  const [password, setPassword] = useState('');
  const { isWorking, failure, show, showMade } = interaction;
  const signIn = () => {
    setPassword('');
    void show('password', { userPrincipalName: name, password });
  };
  return (
    <OpenPage title={t('signIn.title')} text={t('signIn.to', { app: step.app })}>
      <Why failure={failure} />
      <StepForm submitLabel={t('signIn.go')} isWorking={isWorking} submit={signIn}>
        <StepField
          label={t('signIn.name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          inputMode="email"
          value={name}
          change={setName}
        />
        <StepField
          label={t('signIn.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          change={setPassword}
        />
      </StepForm>
      <Divider>{t('signIn.or')}</Divider>
      <div className={styles.other}>
        <Button
          icon={<FingerprintRegular />}
          disabledFocusable={isWorking}
          onClick={() => void showMade('passkey', signWithPasskey)}
        >
          {t('signIn.passkey')}
        </Button>
        <Link as="button" className={styles.quiet} onClick={() => void show('cancel')}>
          {t('signIn.cancel')}
        </Link>
      </div>
    </OpenPage>
  );
}
