import { useState } from 'react';
import { StepForm } from './form.tsx';
import { NewPasswordFields, type TypedPassword } from './new-password-fields.tsx';

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
  const [typed, setTyped] = useState<TypedPassword>({ password: '', again: '' });
  const [isDifferent, setDifferent] = useState(false);
  const send = () => {
    const { password, again } = typed;
    setDifferent(password !== again);
    if (password === again) show(password);
    else mistyped();
  };
  return (
    <StepForm submitLabel={submitLabel} isWorking={isWorking} submit={send}>
      {/* Password managers file the password under this name. */}
      <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
      <NewPasswordFields typed={typed} isDifferent={isDifferent} change={setTyped} />
    </StepForm>
  );
}
