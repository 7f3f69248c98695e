import { Button, Field, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import type { ApiError } from '../../api/errors.ts';
import { useGet } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { inOneLine } from '../../words/refusals.ts';
import { useWords } from '../../words/use-words.ts';
import { LineFields } from './line-fields.tsx';
import { blankLine, type Line, membershipRules, type Properties, saidLines, type Validation } from './wire.ts';

const useStyles = makeStyles({
  lines: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  add: { justifySelf: 'start' },
  made: {
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    minHeight: '20px',
  },
  note: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly lines: readonly Line[];
  /** The text that the lines make; `''` while they make none. */
  readonly rule: string;
  readonly looked: { readonly validation: Validation | undefined; readonly error: ApiError | null };
  readonly error: string | undefined;
  change(lines: readonly Line[]): void;
}

/** A rule, line by line, as in Entra's builder: property, operator, value, joined by and/or. */
export function Builder({ lines, rule, looked, error, change }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { data, error: unread } = useGet<Properties>(`${membershipRules}/properties`);
  const list = useRef<HTMLOListElement>(null);
  if (data === undefined) return unread === null ? <Loading /> : <RefusalNote error={unread} />;
  const fault = looked.validation?.error ?? null;
  const faulty = lineOf(fault?.expression ?? null, lines);
  const connectors = new Set(saidLines(lines).flatMap(({ connector }) => connector ?? []));
  const remove = (index: number) => {
    const left = lines.filter((_line, at) => at !== index);
    change(left.length === 0 ? [blankLine] : left);
    // What was removed had the focus: it goes to the line before.
    focusLine(list.current, Math.max(0, index - 1));
  };
  const add = () => {
    change([...lines, { ...blankLine, connector: 'and' }]);
    focusLine(list.current, lines.length);
  };
  return (
    <>
      <ol ref={list} className={styles.lines}>
        {lines.map((line, index) => (
          <LineFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place
            key={index}
            index={index}
            line={line}
            properties={data.value}
            error={index === faulty && fault !== null ? inOneLine(fault) : undefined}
            isOnly={lines.length === 1}
            change={(next) => change(lines.map((one, at) => (at === index ? next : one)))}
            remove={() => remove(index)}
          />
        ))}
      </ol>
      {lines.length < data.expressionsAtMost ? (
        <Button className={styles.add} icon={<AddRegular />} onClick={add}>
          {t('rule.addLine')}
        </Button>
      ) : (
        <Text size={200} className={styles.note}>
          {t('rule.linesAtMost', { count: data.expressionsAtMost })}
        </Text>
      )}
      {connectors.size > 1 ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('rule.andBindsTighter')}</MessageBarBody>
        </MessageBar>
      ) : null}
      {looked.error === null ? null : <RefusalNote error={looked.error} />}
      <Field label={t('rule.made')} validationMessage={fault !== null && faulty === null ? inOneLine(fault) : error}>
        <output className={styles.made}>{rule === '' ? t('rule.notYet') : rule}</output>
      </Field>
    </>
  );
}

/** The place of the nth line that says something. */
function lineOf(said: number | null, lines: readonly Line[]): number | null {
  if (said === null) return null;
  const line = saidLines(lines)[said];
  const index = lines.findIndex((one) => one.property === line?.property && one.values === line.values);
  return index === -1 ? null : index;
}

function focusLine(list: HTMLOListElement | null, index: number): void {
  requestAnimationFrame(() => {
    const fields = list?.children[index]?.querySelectorAll<HTMLElement>('select, input, textarea');
    [...(fields ?? [])].find((field) => field.dataset['first'] !== undefined)?.focus();
  });
}
