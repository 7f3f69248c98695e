import { makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../../words/use-words.ts';
import { Builder } from './builder.tsx';
import { RuleText } from './rule-text.tsx';
import { TryRule } from './try-rule.tsx';
import { useValidation } from './use-validation.ts';
import { blankLine, isWhole, type Line, saidLines } from './wire.ts';

const useStyles = makeStyles({
  field: { display: 'grid', gap: tokens.spacingVerticalM, minWidth: 0, margin: 0, padding: 0, border: 'none' },
  // Right under its label, as any field.
  head: { display: 'grid', gap: tokens.spacingVerticalXXS },
});

interface Props {
  /** The rule as text; `''` while what is written is no rule yet. */
  readonly value: string;
  /** The group that has the rule, or null: its owners may have rules looked at, too. */
  readonly groupId: string | null;
  /** What was refused when it was sent. */
  readonly error: string | undefined;
  change(value: string): void;
}

/**
 * A membership rule: as lines of a builder or as text, both in step, looked at by the server while somebody writes, and
 * tried on people. What the builder cannot show stays text.
 */
export function RuleField({ value, groupId, error, change }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const label = useId();
  // The builder's lines, while it is open; null: the text is.
  const [lines, setLines] = useState<readonly Line[] | null>(value.trim() === '' ? [blankLine] : null);
  const [kept, setKept] = useState<readonly Line[]>([blankLine]);
  const [isChosen, setChosen] = useState(lines !== null);
  const ofText = useValidation(lines === null && value.trim() !== '' ? { membershipRule: value } : null, groupId);
  const shown = ofText.validation?.expressions ?? null;
  const isForbidden = ofText.error?.status === 403;
  useEffect(() => {
    // A rule that was there before is shown in the builder where that can show it, until somebody chooses.
    if (isChosen || ofText.validation === undefined) return;
    setChosen(true);
    if (shown !== null) setLines(shown);
  }, [isChosen, shown, ofText.validation]);
  const canBuild = lines !== null || value.trim() === '' || shown !== null;
  const open = (mode: unknown) => {
    setChosen(true);
    if (mode === 'text') {
      setKept(lines ?? [blankLine]);
      setLines(null);
    } else if (value.trim() === '') setLines(kept);
    else if (shown !== null) setLines(shown);
  };
  return (
    <fieldset aria-labelledby={label} className={styles.field}>
      <div className={styles.head}>
        <Text id={label}>{t('rule.title')}</Text>
        <TabList
          size="small"
          aria-labelledby={label}
          selectedValue={lines === null ? 'text' : 'builder'}
          onTabSelect={(_event, data) => open(data.value)}
        >
          <Tab value="builder" disabled={!canBuild}>
            {t('rule.builder')}
          </Tab>
          <Tab value="text">{t('rule.text')}</Tab>
        </TabList>
      </div>
      {lines === null ? (
        <RuleText value={value} looked={ofText} isUnshowable={isChosen && !canBuild} error={error} change={change} />
      ) : (
        <Lines lines={lines} value={value} groupId={groupId} error={error} setLines={setLines} change={change} />
      )}
      {isForbidden ? null : (
        <TryRule rule={lines === null && ofText.validation?.isValid !== true ? '' : value} groupId={groupId} />
      )}
    </fieldset>
  );
}

interface LinesProps extends Props {
  readonly lines: readonly Line[];
  setLines(lines: readonly Line[]): void;
}

/** The builder, and the text of what is built: the server makes it. */
function Lines({ lines, value, groupId, error, setLines, change }: LinesProps) {
  const [isTouched, setTouched] = useState(false);
  const said = saidLines(lines);
  const isReady = said.length > 0 && said.every(isWhole);
  const looked = useValidation(isTouched && isReady ? { expressions: said } : null, groupId);
  const built = looked.validation?.normalised ?? null;
  const tell = useRef(change);
  tell.current = change;
  useEffect(() => {
    if (built !== null) tell.current(built);
  }, [built]);
  const edit = (next: readonly Line[]) => {
    setTouched(true);
    setLines(next);
    // What was built before is not what is meant now.
    if (value !== '') change('');
  };
  return <Builder lines={lines} rule={value} looked={looked} error={error} change={edit} />;
}
