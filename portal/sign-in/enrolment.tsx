import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { Button, Field, Input, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FingerprintRegular, PasswordRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { SignInStep, TotpEnrolment } from '../../src/signin/interaction/contract.ts';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { StepForm } from './form.tsx';
import type { Interaction } from './interaction.ts';
import { makePasskey } from './passkey.ts';
import { TotpSetUp } from './totp.tsx';
import { Why } from './why.tsx';

const useStyles = makeStyles({
  ways: { display: 'grid', gap: tokens.spacingVerticalL },
  way: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Way = 'choose' | 'password' | 'app';

interface Props {
  readonly step: Extract<SignInStep, { step: 'enrolment' }>;
  readonly interaction: Interaction;
}

/** What somebody will sign in with from now on: a passkey, or a password and an authenticator app. */
export function Enrolment({ step, interaction }: Props) {
  const { t } = useWords();
  const [way, setWay] = useState<Way>(step.hasPassword ? 'app' : 'choose');
  const back = () => {
    interaction.fail(null);
    setWay('choose');
  };
  return (
    <OpenPage title={t(`signIn.enrol.${way}.title`)} text={t(`signIn.enrol.${way}.text`, { account: step.account })}>
      <Why failure={interaction.failure} />
      {way === 'choose' ? (
        <Ways interaction={interaction} usePassword={() => setWay(step.hasPassword ? 'app' : 'password')} />
      ) : null}
      {way === 'password' ? <NewPassword interaction={interaction} account={step.account} /> : null}
      {way === 'app' ? <AuthenticatorApp interaction={interaction} /> : null}
      {way === 'choose' ? null : (
        <Link as="button" onClick={back}>
          {t('signIn.enrol.back')}
        </Link>
      )}
    </OpenPage>
  );
}

function Ways({ interaction, usePassword }: { readonly interaction: Interaction; usePassword(): void }) {
  const styles = useStyles();
  const { t } = useWords();
  const { ask, show, fail, isWorking } = interaction;
  const make = async () => {
    try {
      const options = await ask<PublicKeyCredentialCreationOptionsJSON>('enrolment/passkey/options');
      await show('enrolment/passkey', { response: await makePasskey(options) });
    } catch (fault) {
      fail(fault);
    }
  };
  return (
    <div className={styles.ways}>
      <div className={styles.way}>
        <Button
          appearance="primary"
          icon={<FingerprintRegular />}
          disabledFocusable={isWorking}
          onClick={() => void make()}
        >
          {t('signIn.enrol.passkey')}
        </Button>
        <Text className={styles.quiet}>{t('signIn.enrol.passkeyText')}</Text>
      </div>
      <div className={styles.way}>
        <Button icon={<PasswordRegular />} disabledFocusable={isWorking} onClick={usePassword}>
          {t('signIn.enrol.password')}
        </Button>
        <Text className={styles.quiet}>{t('signIn.enrol.passwordText')}</Text>
      </div>
    </div>
  );
}

function NewPassword({ interaction, account }: { readonly interaction: Interaction; readonly account: string }) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isDifferent, setDifferent] = useState(false);
  const send = () => {
    setDifferent(password !== again);
    if (password === again) void interaction.show('enrolment/password', { password });
  };
  return (
    <StepForm submitLabel={t('signIn.enrol.next')} isWorking={interaction.isWorking} submit={send}>
      {/* Password managers file the password under this name. */}
      <input type="hidden" name="username" autoComplete="username" value={account} />
      <Field label={t('signIn.enrol.newPassword')} hint={t('signIn.enrol.newPasswordHint')} required>
        <Input
          type="password"
          name="new-password"
          autoComplete="new-password"
          value={password}
          onChange={(_event, { value }) => setPassword(value)}
        />
      </Field>
      <Field
        label={t('signIn.enrol.again')}
        required
        validationMessage={isDifferent ? t('signIn.enrol.different') : undefined}
      >
        <Input
          type="password"
          name="new-password-again"
          autoComplete="new-password"
          value={again}
          onChange={(_event, { value }) => setAgain(value)}
        />
      </Field>
    </StepForm>
  );
}

function AuthenticatorApp({ interaction }: { readonly interaction: Interaction }) {
  const { t } = useWords();
  const { ask, fail, show, isWorking } = interaction;
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  useEffect(() => {
    ask<TotpEnrolment>('enrolment/totp/secret').then(setEnrolment, fail);
    // Asked for once; the same secret would come again.
  }, []);
  if (enrolment === null) return <Loading />;
  return (
    <TotpSetUp
      enrolment={enrolment}
      isWorking={isWorking}
      submitLabel={t('signIn.enrol.finish')}
      show={(code) => show('enrolment/totp', { code })}
    />
  );
}
