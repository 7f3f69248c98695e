import { Button, Field, Input, Link, makeStyles, tokens } from '@fluentui/react-components';
import { FingerprintRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { usePasskeyOf } from './first-factor.tsx';
import { StepForm } from './form.tsx';
import type { Interaction } from './interaction.ts';
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
      <Asked key={method} method={method} interaction={interaction} />
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
      </div>
    </OpenPage>
  );
}

function Asked({ method, interaction }: { readonly method: Method; readonly interaction: Interaction }) {
  const { t } = useWords();
  const usePasskey = usePasskeyOf(interaction);
  if (method !== 'passkey') return <Code method={method} interaction={interaction} />;
  return (
    <Button
      appearance="primary"
      icon={<FingerprintRegular />}
      disabledFocusable={interaction.isWorking}
      onClick={() => void usePasskey()}
    >
      {t('signIn.passkey')}
    </Button>
  );
}

function Code({ method, interaction }: { readonly method: 'totp' | 'recoveryCode'; readonly interaction: Interaction }) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const { isWorking, show } = interaction;
  const send = async () => {
    await show(method, { code });
    setCode('');
  };
  return (
    <StepForm submitLabel={t('signIn.go')} isWorking={isWorking} submit={() => void send()}>
      <Field label={t(`signIn.second.${method}`)} hint={t(`signIn.second.${method}Hint`)} required>
        <Input
          name="code"
          autoComplete="one-time-code"
          inputMode={method === 'totp' ? 'numeric' : 'text'}
          value={code}
          onChange={(_event, { value }) => setCode(value)}
        />
      </Field>
    </StepForm>
  );
}
