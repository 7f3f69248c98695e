import { makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { DurationField } from '../../parts/duration-field.tsx';
import { useWords } from '../../words/use-words.ts';
import type { LimitDraft, SettingsDraft } from './settings-draft.ts';

const useStyles = makeStyles({
  part: { display: 'grid', gap: tokens.spacingVerticalXS, margin: 0, padding: 0, border: 'none', minWidth: 0 },
});

interface Props {
  readonly draft: SettingsDraft;
  change(part: Partial<SettingsDraft>): void;
}

/** What assigning takes, and for how long at most. */
export function AssignmentFields({ draft, change }: Props) {
  const { t } = useWords();
  return (
    <>
      <Limit
        title={t('pim.eligibleAssignments')}
        endsLabel={t('pim.eligibilityEnds')}
        lengthLabel={t('pim.eligibilityMaximum')}
        value={draft.eligible}
        otherwise="P365D"
        change={(eligible) => change({ eligible })}
      />
      <Limit
        title={t('pim.activeAssignments')}
        endsLabel={t('pim.assignmentEnds')}
        lengthLabel={t('pim.assignmentMaximum')}
        value={draft.active}
        otherwise="P180D"
        change={(active) => change({ active })}
      />
    </>
  );
}

interface LimitProps {
  readonly title: string;
  readonly endsLabel: string;
  readonly lengthLabel: string;
  readonly value: LimitDraft;
  /** What is proposed where there was no end. */
  readonly otherwise: string;
  change(value: LimitDraft): void;
}

function Limit({ title, endsLabel, lengthLabel, value, otherwise, change }: LimitProps) {
  const styles = useStyles();
  const { t } = useWords();
  const id = useId();
  return (
    <fieldset className={styles.part} aria-labelledby={id}>
      <Text id={id} weight="semibold">
        {title}
      </Text>
      <Switch
        label={endsLabel}
        checked={value.maximum !== ''}
        onChange={(_event, { checked }) => change({ ...value, maximum: checked ? otherwise : '' })}
      />
      {value.maximum === '' ? null : (
        <DurationField
          label={lengthLabel}
          units={['days', 'hours']}
          value={value.maximum}
          change={(maximum) => change({ ...value, maximum })}
        />
      )}
      <Switch
        label={t('pim.mfa')}
        checked={value.needsMfa}
        onChange={(_event, { checked }) => change({ ...value, needsMfa: checked })}
      />
      <Switch
        label={t('pim.needsJustification')}
        checked={value.needsJustification}
        onChange={(_event, { checked }) => change({ ...value, needsJustification: checked })}
      />
    </fieldset>
  );
}
