import { Button, Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { FingerprintRegular, PasswordRegular, PhoneRegular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useState } from 'react';
import type { SignInStep, TotpEnrolment } from '../../src/signin/interaction/contract.ts';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import type { Interaction } from './interaction.ts';
import { NewPassword } from './new-password.tsx';
import { makePasskey } from './passkey.ts';
import { TotpSetUp } from './totp.tsx';
import { Why } from './why.tsx';

const useStyles = makeStyles({
  ways: { display: 'grid', gap: tokens.spacingVerticalXL },
  way: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  quiet: { color: tokens.colorNeutralForeground2 },
  back: { justifySelf: 'start' },
});

/** Where somebody is: choosing how to sign in, at a password, choosing what goes with it, at an authenticator app. */
type Way = 'choose' | 'password' | 'second' | 'app';

interface Props {
  readonly step: Extract<SignInStep, { step: 'enrolment' }>;
  readonly interaction: Interaction;
}

/** What somebody will sign in with from now on: a passkey, or a password and one more proof. */
export function Enrolment({ step, interaction }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { failure, fail, isWorking, show } = interaction;
  const begin: Way = step.hasPassword ? 'second' : 'choose';
  const [way, setWay] = useState<Way>(begin);
  const go = (to: Way) => {
    fail(null);
    setWay(to);
  };
  return (
    <OpenPage title={t(`signIn.enrol.${way}.title`)} text={t(`signIn.enrol.${way}.text`, { account: step.account })}>
      <Why failure={failure} />
      {way === 'choose' ? (
        <Ways interaction={interaction}>
          <Button icon={<PasswordRegular />} disabledFocusable={isWorking} onClick={() => go('password')}>
            {t('signIn.enrol.usePassword')}
          </Button>
          <Text className={styles.quiet}>{t('signIn.enrol.passwordText')}</Text>
        </Ways>
      ) : null}
      {way === 'password' ? (
        <NewPassword
          account={step.account}
          isWorking={isWorking}
          submitLabel={t('signIn.enrol.next')}
          show={(password) => void show('enrolment/password', { password })}
          mistyped={() => fail(null)}
        />
      ) : null}
      {way === 'second' ? (
        <Ways interaction={interaction}>
          <Button icon={<PhoneRegular />} disabledFocusable={isWorking} onClick={() => go('app')}>
            {t('signIn.enrol.useApp')}
          </Button>
          <Text className={styles.quiet}>{t('signIn.enrol.appText')}</Text>
        </Ways>
      ) : null}
      {way === 'app' ? <AuthenticatorApp interaction={interaction} /> : null}
      {way === begin ? null : (
        <Link as="button" className={styles.back} onClick={() => go(begin)}>
          {t('signIn.enrol.back')}
        </Link>
      )}
    </OpenPage>
  );
}

/** A passkey, or the other way. */
function Ways({ interaction, children }: { readonly interaction: Interaction; readonly children: ReactNode }) {
  const styles = useStyles();
  const { t } = useWords();
  const [isMaking, setMaking] = useState(false);
  const isWaiting = isMaking && interaction.isWorking;
  const make = () => {
    setMaking(true);
    void interaction.showMade('enrolment/passkey', makePasskey);
  };
  return (
    <div className={styles.ways}>
      <div className={styles.way}>
        <Button
          appearance="primary"
          icon={isWaiting ? <Spinner size="tiny" /> : <FingerprintRegular />}
          disabledFocusable={interaction.isWorking}
          onClick={make}
        >
          {t('signIn.enrol.passkey')}
        </Button>
        <Text className={styles.quiet}>{t('signIn.enrol.passkeyText')}</Text>
        <Text role="status" weight="semibold">
          {isWaiting ? t('signIn.enrol.followBrowser') : null}
        </Text>
      </div>
      <div className={styles.way}>{children}</div>
    </div>
  );
}

function AuthenticatorApp({ interaction: { ask, fail, show, isWorking } }: { readonly interaction: Interaction }) {
  const { t } = useWords();
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  useEffect(() => {
    ask<TotpEnrolment>('enrolment/totp/secret').then(setEnrolment, fail);
  }, [ask, fail]);
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
