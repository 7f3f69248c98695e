import { useWords } from '../words/use-words.ts';
import { StepField } from './form.tsx';

/** A new password as it is typed, twice. */
export interface TypedPassword {
  readonly password: string;
  readonly again: string;
}

interface Props {
  readonly typed: TypedPassword;
  /** Whether the second is to be said to differ from the first. */
  readonly isDifferent: boolean;
  change(typed: TypedPassword): void;
}

/** Where a new password is typed, twice. What is good enough, the server says. */
export function NewPasswordFields({ typed, isDifferent, change }: Props) {
  const { t } = useWords();
  return (
    <>
      <StepField
        label={t('signIn.enrol.newPassword')}
        hint={t('signIn.enrol.newPasswordHint')}
        type="password"
        name="new-password"
        autoComplete="new-password"
        value={typed.password}
        change={(password) => change({ ...typed, password })}
      />
      <StepField
        label={t('signIn.enrol.again')}
        wrong={isDifferent ? t('signIn.enrol.different') : undefined}
        type="password"
        name="new-password-again"
        autoComplete="new-password"
        value={typed.again}
        change={(again) => change({ ...typed, again })}
      />
    </>
  );
}
