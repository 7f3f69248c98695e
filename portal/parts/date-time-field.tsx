import { Field, Input, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { instantOf, localText } from './local-time.ts';

const useStyles = makeStyles({ box: { width: 'min(100%, 260px)' } });

interface Props {
  readonly label: string;
  /** An instant; `''` for none. */
  readonly value: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  change(instant: string): void;
}

/** A day and a time of the person's own zone. What is half typed stays, and counts as none. */
export function DateTimeField({ label, value, hint, error, required = false, disabled = false, change }: Props) {
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && instantOf(typed) === value ? typed : localText(value);
  return (
    <Field label={label} hint={hint} validationMessage={error} required={required}>
      <Input
        className={styles.box}
        type="datetime-local"
        disabled={disabled}
        value={shown}
        onChange={(_event, data) => {
          setTyped(data.value);
          change(instantOf(data.value));
        }}
      />
    </Field>
  );
}
