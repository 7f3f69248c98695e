import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import type { TotpEnrolment } from '../../src/signin/interaction/contract.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { useWords } from '../words/use-words.ts';
import { StepField, StepForm } from './form.tsx';

const useStyles = makeStyles({
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, alignItems: 'center' },
  // A camera wants dark on light, whatever the theme.
  picture: { width: '196px', height: '196px', backgroundColor: '#ffffff', borderRadius: tokens.borderRadiusMedium },
  typed: { display: 'grid', gap: tokens.spacingVerticalS, flex: '1 1 200px', minWidth: 0, justifyItems: 'start' },
  secret: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

interface Props {
  readonly enrolment: TotpEnrolment;
  readonly isWorking: boolean;
  readonly submitLabel: string;
  /** Shows the code that the app makes now. */
  show(code: string): Promise<void>;
}

/** Sets up an authenticator app: a picture to scan, the same to type in, and the first code. */
export function TotpSetUp({ enrolment, isWorking, submitLabel, show }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const [code, setCode] = useState('');
  const send = () => {
    setCode('');
    void show(code);
  };
  return (
    <StepForm submitLabel={submitLabel} isWorking={isWorking} submit={send}>
      <div className={styles.ways}>
        <Picture text={enrolment.address} />
        <div className={styles.typed}>
          <Text>{t('signIn.totp.typed')}</Text>
          <Text className={styles.secret}>{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</Text>
          <CopyButton text={enrolment.secret} size="small" />
        </div>
      </div>
      <StepField
        label={t('signIn.second.totp')}
        hint={t('signIn.second.totpHint')}
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        change={setCode}
      />
    </StepForm>
  );
}

function Picture({ text }: { readonly text: string }) {
  const styles = useStyles();
  const { t } = useWords();
  const { data, size } = useMemo(() => encode(text, { border: 4 }), [text]);
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className={styles.picture} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('signIn.totp.picture')}>
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}
