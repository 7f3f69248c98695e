import { useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { StepField, StepForm } from './form.tsx';

interface Props {
  /** Whose it will be. */
  readonly account: string;
  readonly isWorking: boolean;
  readonly submitLabel: string;
  show(password: string): void;
  /** Takes away what was said about the last try. */
  mistyped(): void;
}

/** Chooses a password, typed twice. What is good enough, the server says. */
export function NewPassword({ account, isWorking, submitLabel, show, mistyped }: Props) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isDifferent, setDifferent] = useState(false);
  const send = () => {
    setDifferent(password !== again);
    if (password === again) show(password);
    else mistyped();
  };
  return (
    <StepForm submitLabel={submitLabel} isWorking={isWorking} submit={send}>
      {/* Password managers file the password under this name. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <StepField
        label={t('signIn.enrol.newPassword')}
        hint={t('signIn.enrol.newPasswordHint')}
        type="password"
        name="new-password"
        autoComplete="new-password"
        value={password}
        change={setPassword}
      />
      <StepField
        label={t('signIn.enrol.again')}
        wrong={isDifferent ? t('signIn.enrol.different') : undefined}
        type="password"
        name="new-password-again"
        autoComplete="new-password"
        value={again}
        change={setAgain}
      />
    </StepForm>
  );
}
