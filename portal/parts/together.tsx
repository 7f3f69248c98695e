import { Field, FieldContextProvider, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  group: { display: 'grid', justifyItems: 'start', border: 'none', margin: 0, padding: 0, minWidth: 0 },
});

interface Props {
  /** What the whole is called. */
  readonly name: string;
  /** Whether the name stands above; no, where a heading just above it says the same. */
  readonly isShown?: boolean;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly children: ReactNode;
}

/** Several controls that are one question, as a group of that name. Each keeps the name of its own: a field has but one. */
export function Together({ name, isShown = true, hint, error, required = false, children }: Props) {
  const styles = useStyles();
  return (
    <Field label={isShown ? name : undefined} hint={hint} validationMessage={error} required={required}>
      {(field) => (
        <fieldset aria-label={name} aria-describedby={field['aria-describedby']} className={styles.group}>
          <FieldContextProvider value={undefined}>{children}</FieldContextProvider>
        </fieldset>
      )}
    </Field>
  );
}
