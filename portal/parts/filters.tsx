import { Dropdown, makeStyles, Option, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { ChoiceOption } from './choice.tsx';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalM,
  },
  list: { minWidth: '120px' },
});

/** What stands above a list and narrows it: a search, filters; what may be done with the list last. */
export function Filters({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles().line}>{children}</div>;
}

interface Props {
  readonly label: string;
  /** `''` narrows nothing. */
  readonly value: string;
  /** What is shown where nothing is narrowed, such as *All states*. */
  readonly all: string;
  readonly options: readonly ChoiceOption<string>[];
  change(value: string): void;
}

/** Narrows a list by one property. */
export function Filter({ label, value, all, options, change }: Props) {
  const styles = useStyles();
  return (
    <Dropdown
      className={styles.list}
      aria-label={label}
      value={options.find((one) => one.value === value)?.name ?? all}
      selectedOptions={[value]}
      onOptionSelect={(_event, { optionValue }) => change(optionValue ?? '')}
    >
      <Option value="">{all}</Option>
      {options.map(({ value: one, name }) => (
        <Option key={one} value={one}>
          {name}
        </Option>
      ))}
    </Dropdown>
  );
}
