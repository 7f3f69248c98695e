import { Button, Field, Input, type InputProps, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';

const useStyles = makeStyles({ form: { display: 'grid', gap: tokens.spacingVerticalL } });

/** Whether somebody tried to go on: what is missing is said only then. */
const Tried = createContext(false);

interface Props {
  readonly submitLabel: string;
  readonly isWorking: boolean;
  submit(): void;
  readonly children: ReactNode;
}

/** A step of a sign-in: fields and one way on, by Enter too. The first field that wants something has the focus. */
export function StepForm({ submitLabel, isWorking, submit, children }: Props) {
  const styles = useStyles();
  const form = useRef<HTMLFormElement>(null);
  const [isTried, setTried] = useState(false);
  useEffect(() => {
    // At the beginning, and when what was sent was refused.
    if (!isWorking) (emptyIn(form.current) ?? fieldsIn(form.current)[0])?.focus();
  }, [isWorking]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (isWorking) return;
    const empty = emptyIn(form.current);
    setTried(empty !== undefined);
    if (empty === undefined) submit();
    else empty.focus();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={send} noValidate>
      <Tried value={isTried}>{children}</Tried>
      <Actions>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={isWorking}
          icon={isWorking ? <Spinner size="tiny" /> : undefined}
        >
          {submitLabel}
        </Button>
      </Actions>
    </form>
  );
}

interface FieldProps extends Pick<InputProps, 'type' | 'name' | 'autoComplete' | 'autoCapitalize' | 'inputMode'> {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with it, if anything is. */
  readonly wrong?: string | undefined;
  readonly value: string;
  change(value: string): void;
}

/** A field that has to be filled in. */
export function StepField({ label, hint, wrong, value, change, ...input }: FieldProps) {
  const { t } = useWords();
  const isMissing = useContext(Tried) && value === '';
  return (
    <Field label={label} hint={hint} required validationMessage={isMissing ? t('signIn.needed') : wrong}>
      <Input {...input} value={value} onChange={(_event, { value: typed }) => change(typed)} />
    </Field>
  );
}

function fieldsIn(form: HTMLFormElement | null): readonly HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('input:not([hidden])') ?? [])];
}

function emptyIn(form: HTMLFormElement | null): HTMLInputElement | undefined {
  return fieldsIn(form).find(({ value }) => value === '');
}
