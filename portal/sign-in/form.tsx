import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalL },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly submitLabel: string;
  readonly isWorking: boolean;
  submit(): void;
  /** Other ways on, beside the button. */
  readonly others?: ReactNode;
  readonly children: ReactNode;
}

/** A step of a sign-in: fields and one way on, by Enter too. The first field has the focus. */
export function StepForm({ submitLabel, isWorking, submit, others, children }: Props) {
  const styles = useStyles();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const inputs = [...(form.current?.querySelectorAll('input') ?? [])];
    (inputs.find(({ value }) => value === '') ?? inputs[0])?.focus();
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!isWorking) submit();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={send} noValidate>
      {children}
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={isWorking}
          icon={isWorking ? <Spinner size="tiny" /> : undefined}
        >
          {submitLabel}
        </Button>
        {others}
      </div>
    </form>
  );
}
