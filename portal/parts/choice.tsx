import { Dropdown, Field, makeStyles, mergeClasses, Option } from '@fluentui/react-components';

const useStyles = makeStyles({
  field: { minWidth: 0 },
  list: { minWidth: 'min(100%, 160px)' },
});

/** One of several: its value and what it is called. */
export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly name: string;
  /** What choosing it means, where the name alone does not say. */
  readonly about?: string;
}

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly ChoiceOption<T>[];
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  change(value: T): void;
}

/** One of a few, chosen from a list. */
export function Choice<T extends string>(props: Props<T>) {
  const { label, value, options, hint, error, required = false, disabled = false, className, change } = props;
  const styles = useStyles();
  return (
    <Field
      label={label}
      hint={hint}
      validationMessage={error}
      required={required}
      className={mergeClasses(styles.field, className)}
    >
      <Dropdown
        className={styles.list}
        disabled={disabled}
        value={options.find((one) => one.value === value)?.name ?? ''}
        selectedOptions={[value]}
        onOptionSelect={(_event, { optionValue }) => {
          if (optionValue !== undefined) change(optionValue as T);
        }}
      >
        {options.map(({ value: one, name, about }) => (
          <Option key={one} value={one} text={name}>
            {about === undefined ? name : `${name}: ${about}`}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
