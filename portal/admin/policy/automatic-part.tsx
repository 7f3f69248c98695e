import { Field, Switch } from '@fluentui/react-components';
import { DurationField } from '../../parts/duration-field.tsx';
import { Section } from '../../parts/page.tsx';
import { useWords } from '../../words/use-words.ts';
import { RuleField } from '../rule/rule-field.tsx';
import type { PolicyDraft } from './draft.ts';
import { usePolicyForm } from './form.tsx';

/** Whom a policy assigns the package to by itself, and what becomes of it when the rule no longer takes them in. */
export function AutomaticPart() {
  const { t } = useWords();
  const form = usePolicyForm();
  const { automaticRequestSettings: automatic, specificAllowedTargets: targets } = form.draft;
  if (automatic === null) return null;
  const change = (part: Partial<NonNullable<PolicyDraft['automaticRequestSettings']>>) =>
    form.change({ automaticRequestSettings: { ...automatic, ...part } });
  return (
    <Section title={t('policy.automatic')}>
      <RuleField
        value={targets[0]?.membershipRule ?? ''}
        groupId={null}
        error={form.said('specificAllowedTargets')}
        change={(membershipRule) =>
          form.change({
            specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule }],
          })
        }
      />
      <Field
        hint={t('policy.removeLeaversHint')}
        validationMessage={form.said('automaticRequestSettings/removeAccessWhenTargetLeavesAllowedTargets')}
      >
        <Switch
          label={t('policy.removeLeavers')}
          checked={automatic.removeAccessWhenTargetLeavesAllowedTargets}
          onChange={(_event, { checked }) => change({ removeAccessWhenTargetLeavesAllowedTargets: checked })}
        />
      </Field>
      {automatic.removeAccessWhenTargetLeavesAllowedTargets ? (
        <DurationField
          label={t('policy.grace')}
          hint={t('policy.graceHint')}
          value={automatic.gracePeriodBeforeAccessRemoval}
          units={['days', 'hours']}
          error={form.said('automaticRequestSettings/gracePeriodBeforeAccessRemoval')}
          change={(gracePeriodBeforeAccessRemoval) => change({ gracePeriodBeforeAccessRemoval })}
        />
      ) : null}
    </Section>
  );
}
