import { Dropdown, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { amountIn, type DurationUnit, durationOf, unitIn } from './duration.ts';

const useStyles = makeStyles({
  line: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  number: { width: '96px' },
  unit: { minWidth: '120px' },
});

interface Props {
  readonly label: string;
  /** ISO 8601, such as `PT8H` or `P1D`; `''` for none. */
  readonly value: string;
  /** The units to choose from; with one alone, it is only named. */
  readonly units?: readonly DurationUnit[];
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  change(iso: string): void;
}

const allUnits: readonly DurationUnit[] = ['days', 'hours', 'minutes'];

/** A length of time: how many of which unit. What is allowed, the server says. */
export function DurationField(props: Props) {
  const { label, value, units = allUnits, hint, error, required = false, disabled = false, change } = props;
  const styles = useStyles();
  const { t } = useWords();
  const [kept, setUnit] = useState<DurationUnit>(() => unitIn(value, units) ?? units[0] ?? 'hours');
  const unit = unitIn(value, units) ?? kept;
  const nameOf = (one: DurationUnit) => t(`parts.unit.${one}`);
  return (
    <Field label={label} hint={hint} validationMessage={error} required={required}>
      {(field) => (
        <div className={styles.line}>
          <Input
            {...field}
            className={styles.number}
            type="number"
            inputMode="numeric"
            min={1}
            disabled={disabled}
            value={amountIn(value, unit)}
            contentAfter={units.length === 1 ? nameOf(unit) : undefined}
            onChange={(_event, data) => change(durationOf(data.value, unit))}
          />
          {units.length === 1 ? null : (
            <Dropdown
              className={styles.unit}
              aria-label={t('parts.unit.of', { label })}
              disabled={disabled}
              value={nameOf(unit)}
              selectedOptions={[unit]}
              onOptionSelect={(_event, { optionValue }) => {
                const next = units.find((one) => one === optionValue) ?? unit;
                setUnit(next);
                change(durationOf(amountIn(value, unit), next));
              }}
            >
              {units.map((one) => (
                <Option key={one} value={one}>
                  {nameOf(one)}
                </Option>
              ))}
            </Dropdown>
          )}
        </div>
      )}
    </Field>
  );
}
