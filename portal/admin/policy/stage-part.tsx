import { Field, makeStyles, Switch, tokens } from '@fluentui/react-components';
import { Choice } from '../../parts/choice.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { Section } from '../../parts/page.tsx';
import { useWords } from '../../words/use-words.ts';
import { ApproverField } from './approver-field.tsx';
import type { StageDraft } from './draft.ts';
import { usePolicyForm, useRelationWords } from './form.tsx';
import { kindOf, pickedOf, relationSet } from './people.ts';
import { PeopleField } from './people-field.tsx';
import { StageReach } from './stage-reach.tsx';

const useStyles = makeStyles({
  nested: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    paddingInlineStart: tokens.spacingHorizontalL,
    borderLeft: `3px solid ${tokens.colorNeutralStroke2}`,
  },
});

const sponsors = [
  relationSet('targetUserSponsors'),
  relationSet('internalSponsors'),
  relationSet('externalSponsors'),
] as const;

/** One stage of approval: who decides, who stands in, how long they have, what they have to say. */
export function StagePart({ index, stage }: { readonly index: number; readonly stage: StageDraft }) {
  const { t } = useWords();
  const form = usePolicyForm();
  const say = useRelationWords();
  const path = `requestApprovalSettings/stages/${index}`;
  const change = (part: Partial<StageDraft>) => form.changeStage(index, part);
  const hasRelations = stage.primaryApprovers.some((set) => !['user', 'group'].includes(kindOf(set) ?? ''));
  return (
    <Section title={t('policy.stage', { stage: index + 1 })}>
      <ApproverField
        label={t('policy.approver')}
        sets={stage.primaryApprovers}
        path={`${path}/primaryApprovers`}
        change={(primaryApprovers) => change({ primaryApprovers })}
      />
      {hasRelations || stage.fallbackPrimaryApprovers.length > 0 ? (
        <PeopleField
          label={t('policy.fallback')}
          hint={t('policy.fallbackHint')}
          sets={stage.fallbackPrimaryApprovers}
          path={`${path}/fallbackPrimaryApprovers`}
          fixed={sponsors.map((set) => pickedOf(set, new Map(), say))}
          change={(fallbackPrimaryApprovers) => change({ fallbackPrimaryApprovers })}
        />
      ) : null}
      <DurationField
        label={t('policy.decisionTime')}
        hint={t('policy.decisionTimeHint')}
        value={stage.durationBeforeAutomaticDenial}
        units={['days']}
        error={form.said(`${path}/durationBeforeAutomaticDenial`)}
        required
        change={(durationBeforeAutomaticDenial) => change({ durationBeforeAutomaticDenial })}
      />
      <Switch
        label={t('policy.approverJustification')}
        checked={stage.isApproverJustificationRequired}
        onChange={(_event, { checked }) => change({ isApproverJustificationRequired: checked })}
      />
      <Choice
        label={t('policy.visibility')}
        value={stage.approverInformationVisibility}
        options={(['default', 'visible', 'notVisible'] as const).map((value) => ({
          value,
          name: t(`policy.visibility.${value}`),
        }))}
        change={(approverInformationVisibility) => change({ approverInformationVisibility })}
      />
      <Alternates index={index} stage={stage} />
      <StageReach stage={index + 1} path={path} />
    </Section>
  );
}

function Alternates({ index, stage }: { readonly index: number; readonly stage: StageDraft }) {
  const styles = useStyles();
  const { t } = useWords();
  const form = usePolicyForm();
  const path = `requestApprovalSettings/stages/${index}`;
  const change = (part: Partial<StageDraft>) => form.changeStage(index, part);
  const hasRelations = stage.escalationApprovers.some((set) => !['user', 'group'].includes(kindOf(set) ?? ''));
  return (
    <>
      <Field hint={t('policy.alternatesHint')}>
        <Switch
          label={t('policy.alternates')}
          checked={stage.isEscalationEnabled}
          onChange={(_event, { checked }) =>
            change({
              isEscalationEnabled: checked,
              // What the alternates need to be asked at all: half of the shortest time that lets there be any.
              ...(checked && stage.durationBeforeEscalation === '' ? { durationBeforeEscalation: 'P2D' } : {}),
            })
          }
        />
      </Field>
      {stage.isEscalationEnabled ? (
        <div className={styles.nested}>
          <DurationField
            label={t('policy.escalateAfter')}
            value={stage.durationBeforeEscalation}
            units={['days']}
            error={form.said(`${path}/durationBeforeEscalation`)}
            required
            change={(durationBeforeEscalation) => change({ durationBeforeEscalation })}
          />
          <ApproverField
            label={t('policy.alternateApprover')}
            sets={stage.escalationApprovers}
            path={`${path}/escalationApprovers`}
            change={(escalationApprovers) => change({ escalationApprovers })}
          />
          {hasRelations || stage.fallbackEscalationApprovers.length > 0 ? (
            <PeopleField
              label={t('policy.alternateFallback')}
              hint={t('policy.alternateFallbackHint')}
              sets={stage.fallbackEscalationApprovers}
              path={`${path}/fallbackEscalationApprovers`}
              change={(fallbackEscalationApprovers) => change({ fallbackEscalationApprovers })}
            />
          ) : null}
        </div>
      ) : null}
    </>
  );
}
