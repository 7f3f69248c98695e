import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { Button, Divider, Field, Input, Link, makeStyles, tokens } from '@fluentui/react-components';
import { FingerprintRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { StepForm } from './form.tsx';
import type { Interaction } from './interaction.ts';
import { signWithPasskey } from './passkey.ts';
import { Why } from './why.tsx';

const useStyles = makeStyles({
  other: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'stretch' },
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
  const { isWorking, failure, show } = interaction;
  const signIn = async () => {
    await show('password', { userPrincipalName: name, password });
    setPassword('');
  };
  const usePasskey = usePasskeyOf(interaction);
  return (
    <OpenPage title={t('signIn.title')} text={t('signIn.to', { app: step.app })}>
      <Why failure={failure} />
      <StepForm submitLabel={t('signIn.go')} isWorking={isWorking} submit={() => void signIn()}>
        <Field label={t('signIn.name')} required>
          <Input
            type="email"
            name="username"
            autoComplete="username"
            value={name}
            onChange={(_event, { value }) => setName(value)}
          />
        </Field>
        <Field label={t('signIn.password')} required>
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(_event, { value }) => setPassword(value)}
          />
        </Field>
      </StepForm>
      <Divider>{t('signIn.or')}</Divider>
      <div className={styles.other}>
        <Button icon={<FingerprintRegular />} disabledFocusable={isWorking} onClick={() => void usePasskey()}>
          {t('signIn.passkey')}
        </Button>
        <Link as="button" className={styles.quiet} onClick={() => void show('cancel')}>
          {t('signIn.cancel')}
        </Link>
      </div>
    </OpenPage>
  );
}

/** Signs with a passkey, and shows that. */
export function usePasskeyOf({ ask, show, fail }: Interaction): () => Promise<void> {
  return async () => {
    try {
      const response = await signWithPasskey(await ask<PublicKeyCredentialRequestOptionsJSON>('passkey/options'));
      await show('passkey', { response });
    } catch (fault) {
      fail(fault);
    }
  };
}
