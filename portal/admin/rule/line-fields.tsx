import { Button, Field, Input, makeStyles, Select, Text, Textarea, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { MessageKey } from '../../words/catalogue.ts';
import { type Speech, useWords } from '../../words/use-words.ts';
import type { Line, Property } from './wire.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    // Where a line takes several rows it is seen where it ends.
    paddingBottom: tokens.spacingVerticalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  connector: { flex: '0 0 92px', minWidth: 0 },
  first: { flex: '0 0 92px', paddingBlock: '6px', color: tokens.colorNeutralForeground2 },
  field: { flex: '1 1 150px', minWidth: 0 },
  value: { flex: '2 1 170px', minWidth: 0 },
});

interface Props {
  readonly index: number;
  readonly line: Line;
  readonly properties: readonly Property[];
  readonly error: string | undefined;
  readonly isOnly: boolean;
  change(line: Line): void;
  remove(): void;
}

/** One line of the builder. */
export function LineFields({ index, line, properties, error, isOnly, change, remove }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const number = index + 1;
  const known = properties.filter(({ operators }) => operators.some(isPlain));
  const property = known.find((one) => one.property === line.property);
  return (
    <li className={styles.line} aria-label={t('rule.line', { number })}>
      {index === 0 ? (
        <Text className={styles.first}>{t('rule.where')}</Text>
      ) : (
        <Select
          className={styles.connector}
          aria-label={t('rule.connector', { number })}
          value={line.connector ?? 'and'}
          onChange={(_event, { value }) => change({ ...line, connector: value === 'or' ? 'or' : 'and' })}
        >
          <option value="and">{t('rule.and')}</option>
          <option value="or">{t('rule.or')}</option>
        </Select>
      )}
      <Select
        data-first
        className={styles.field}
        aria-label={t('rule.property', { number })}
        value={line.property}
        onChange={(_event, { value }) =>
          change(
            withProperty(
              line,
              known.find((one) => one.property === value),
            ),
          )
        }
      >
        <option value="">{t('rule.chooseProperty')}</option>
        {known.map((one) => (
          <option key={one.property} value={one.property}>
            {one.property.replace(/^user\./, '')}
          </option>
        ))}
      </Select>
      <Select
        className={styles.field}
        aria-label={t('rule.operator', { number })}
        disabled={property === undefined}
        value={choiceOf(line)}
        onChange={(_event, { value }) => change(withOperator(line, property, value))}
      >
        {property === undefined ? <option value="">{t('rule.chooseOperator')}</option> : null}
        {choicesOf(property).map((choice) => (
          <option key={choice} value={choice}>
            {operatorName(choice, t)}
          </option>
        ))}
      </Select>
      {line.values.length === 0 ? (
        <span className={styles.value} />
      ) : (
        <Value line={line} type={property?.type} number={number} error={error} change={change} />
      )}
      <Button
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={t('rule.removeLine', { number })}
        disabled={isOnly && property === undefined}
        onClick={remove}
      />
    </li>
  );
}

interface ValueProps {
  readonly line: Line;
  readonly type: Property['type'] | undefined;
  readonly number: number;
  readonly error: string | undefined;
  change(line: Line): void;
}

function Value({ line, type, number, error, change }: ValueProps) {
  const styles = useStyles();
  const { t } = useWords();
  const label = t('rule.value', { number });
  const [only = ''] = line.values;
  const set = (value: string) => change({ ...line, values: [value] });
  if (type === 'boolean') {
    return (
      <Select className={styles.value} aria-label={label} value={only} onChange={(_event, { value }) => set(value)}>
        <option value="true">{t('rule.true')}</option>
        <option value="false">{t('rule.false')}</option>
      </Select>
    );
  }
  const isList = /^-(not)?in$/i.test(line.operator);
  const hint = isList ? t('rule.valuesHint') : type === 'dateTime' ? t('rule.dateHint') : undefined;
  return (
    <Field className={styles.value} hint={hint} validationMessage={error}>
      {isList ? (
        <Textarea
          aria-label={label}
          rows={3}
          value={line.values.join('\n')}
          onChange={(_event, { value }) => change({ ...line, values: linesOf(value) })}
        />
      ) : (
        <Input
          aria-label={label}
          disabled={type === undefined}
          value={only}
          maxLength={1024}
          onChange={(_event, { value }) => set(value)}
        />
      )}
    </Field>
  );
}

/** Blank lines in between are kept while somebody types, but the last alone. */
function linesOf(text: string): readonly string[] {
  const values = text.split('\n');
  return values.filter((value, index) => value.trim() !== '' || index === values.length - 1);
}

/** Those whose value a line can hold; the others take a condition of their own. */
function isPlain(operator: string): boolean {
  return operator !== '-any' && operator !== '-all';
}

/** What is chosen: an operator, and whether it is compared with nothing (`null`). */
function choiceOf({ operator, values }: Line): string {
  return values.length === 0 ? `${operator} null` : operator;
}

function choicesOf(property: Property | undefined): readonly string[] {
  return (property?.operators ?? []).filter(isPlain).flatMap((operator) => {
    const takesNull = operator === '-eq' || operator === '-ne';
    return takesNull ? [operator, `${operator} null`] : [operator];
  });
}

function withOperator(line: Line, property: Property | undefined, choice: string): Line {
  const [operator = '', nothing] = choice.split(' ');
  if (nothing !== undefined) return { ...line, operator, values: [] };
  return { ...line, operator, values: line.values.length === 0 ? firstValues(property) : keptValues(line, operator) };
}

/** A list of values becomes one where the operator takes one. */
function keptValues({ values }: Line, operator: string): readonly string[] {
  return /^-(not)?in$/i.test(operator) ? values : values.slice(0, 1);
}

function withProperty(line: Line, property: Property | undefined): Line {
  const operators = choicesOf(property);
  const choice = operators.includes(choiceOf(line)) ? choiceOf(line) : (operators[0] ?? '');
  const next = withOperator({ ...line, property: property?.property ?? '' }, property, choice);
  const isTruth = (values: readonly string[]) => values.every((value) => value === 'true' || value === 'false');
  if (next.values.length === 0 || isTruth(next.values) === (property?.type === 'boolean')) return next;
  return { ...next, values: firstValues(property) };
}

function firstValues(property: Property | undefined): readonly string[] {
  return property?.type === 'boolean' ? ['true'] : [''];
}

const operatorWords: Readonly<Record<string, MessageKey>> = {
  '-eq': 'rule.operator.eq',
  '-eq null': 'rule.operator.eqNull',
  '-ne': 'rule.operator.ne',
  '-ne null': 'rule.operator.neNull',
  '-startsWith': 'rule.operator.startsWith',
  '-notStartsWith': 'rule.operator.notStartsWith',
  '-endsWith': 'rule.operator.endsWith',
  '-notEndsWith': 'rule.operator.notEndsWith',
  '-contains': 'rule.operator.contains',
  '-notContains': 'rule.operator.notContains',
  '-match': 'rule.operator.match',
  '-notMatch': 'rule.operator.notMatch',
  '-in': 'rule.operator.in',
  '-notIn': 'rule.operator.notIn',
  '-le': 'rule.operator.le',
  '-ge': 'rule.operator.ge',
};

function operatorName(choice: string, t: Speech['t']): string {
  const key = operatorWords[choice];
  return key === undefined ? choice : t(key);
}
