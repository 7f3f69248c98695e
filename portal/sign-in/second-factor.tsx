import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { FingerprintRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';
import { StepField, StepForm } from './form.tsx';
import type { Interaction } from './interaction.ts';
import { signWithPasskey } from './passkey.ts';
import { Why } from './why.tsx';

const useStyles = makeStyles({
  others: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
});

type Method = 'passkey' | 'totp' | 'recoveryCode';

interface Props {
  readonly step: Extract<SignInStep, { step: 'secondFactor' }>;
  readonly interaction: Interaction;
}

/** One more proof: what the person has of a passkey, an authenticator app and recovery codes. */
export function SecondFactor({ step, interaction }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const [method, setMethod] = useState<Method>(step.methods[0] ?? 'totp');
  const text = step.isStepUp
    ? t('signIn.second.stepUp', { app: step.app, account: step.account })
    : t('signIn.second.text', { account: step.account });
  const choose = (other: Method) => {
    interaction.fail(null);
    setMethod(other);
  };
  return (
    <OpenPage title={t('signIn.second.title')} text={text}>
      <Why failure={interaction.failure} />
      {method === 'passkey' ? (
        <Passkey interaction={interaction} />
      ) : (
        <Code key={method} method={method} interaction={interaction} />
      )}
      <div className={styles.others}>
        {step.methods
          .filter((other) => other !== method)
          .map((other) => (
            <Link as="button" key={other} onClick={() => choose(other)}>
              {t(`signIn.second.use.${other}`)}
            </Link>
          ))}
        <Link as="button" onClick={() => void interaction.show('account', { isOther: true })}>
          {t('signIn.otherAccount')}
        </Link>
        {step.isStepUp ? (
          <Link as="button" onClick={() => void interaction.show('cancel')}>
            {t('signIn.cancel')}
          </Link>
        ) : null}
      </div>
    </OpenPage>
  );
}

function Passkey({ interaction: { isWorking, showMade } }: { readonly interaction: Interaction }) {
  const { t } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Actions>
      <Button
        ref={button}
        appearance="primary"
        icon={<FingerprintRegular />}
        disabledFocusable={isWorking}
        onClick={() => void showMade('passkey', signWithPasskey)}
      >
        {t('signIn.passkey')}
      </Button>
    </Actions>
  );
}

interface CodeProps {
  readonly method: 'totp' | 'recoveryCode';
  readonly interaction: Interaction;
}

function Code({ method, interaction: { isWorking, show } }: CodeProps) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const send = () => {
    setCode('');
    void show(method, { code });
  };
  return (
    <StepForm submitLabel={t('signIn.go')} isWorking={isWorking} submit={send}>
      <StepField
        label={t(`signIn.second.${method}`)}
        hint={t(`signIn.second.${method}Hint`)}
        name="code"
        autoComplete="one-time-code"
        inputMode={method === 'totp' ? 'numeric' : 'text'}
        value={code}
        change={setCode}
      />
    </StepForm>
  );
}
