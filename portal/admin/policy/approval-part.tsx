import { Field, Radio, RadioGroup, Switch, Text } from '@fluentui/react-components';
import type { Examination } from '../../../src/entitlements/reachability/contract.ts';
import { Section } from '../../parts/page.tsx';
import { inOneLine } from '../../words/refusals.ts';
import { useWords } from '../../words/use-words.ts';
import { firstStage, nextStage, type PolicyDraft } from './draft.ts';
import { usePolicyForm } from './form.tsx';
import { StagePart } from './stage-part.tsx';
import { ScopeReach } from './stage-reach.tsx';
import { isApproved } from './wire.ts';

/** Whether somebody has to approve, what requestors have to say, and the stages. */
export function ApprovalPart() {
  const { t } = useWords();
  const form = usePolicyForm();
  const approval = form.draft.requestApprovalSettings;
  const change = (part: Partial<PolicyDraft['requestApprovalSettings']>) =>
    form.change({ requestApprovalSettings: { ...approval, ...part } });
  const hasStages = isApproved(form.draft);
  return (
    <>
      <Section title={t('policy.approval')}>
        <Field
          hint={t('policy.requireApprovalHint')}
          validationMessage={form.said('requestApprovalSettings/isApprovalRequiredForAdd')}
        >
          <Switch
            label={t('policy.requireApproval')}
            checked={approval.isApprovalRequiredForAdd}
            onChange={(_event, { checked }) =>
              change({
                isApprovalRequiredForAdd: checked,
                isApprovalRequiredForUpdate: checked,
                stages: approval.stages.length > 0 ? approval.stages : [firstStage],
              })
            }
          />
        </Field>
        <Switch
          label={t('policy.requestorJustification')}
          checked={approval.isRequestorJustificationRequired}
          onChange={(_event, { checked }) => change({ isRequestorJustificationRequired: checked })}
        />
        {hasStages ? (
          <>
            <Field label={t('policy.stages')} validationMessage={stageCountFault(form.faults)}>
              <RadioGroup
                layout="horizontal"
                value={String(approval.stages.length)}
                onChange={(_event, { value }) => change({ stages: resized(approval.stages, Number(value)) })}
              >
                {['1', '2', '3'].map((count) => (
                  <Radio key={count} value={count} label={count} />
                ))}
              </RadioGroup>
            </Field>
            <Field hint={t('policy.sameApproverHint')}>
              <Switch
                label={t('policy.sameApprover')}
                checked={form.draft.allowsSameApproverInSeveralStages}
                onChange={(_event, { checked }) => form.change({ allowsSameApproverInSeveralStages: checked })}
              />
            </Field>
          </>
        ) : null}
      </Section>
      {hasStages
        ? approval.stages.map((stage, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place: the first, the second, the third
            <StagePart key={index} index={index} stage={stage} />
          ))
        : null}
      <ScopeReach />
      <NotificationsPart />
      <Section title={t('policy.verifiedIds')}>
        <Text>{t('policy.noVerifiedIds')}</Text>
      </Section>
    </>
  );
}

/** Whether mails are sent about assignments. */
export function NotificationsPart() {
  const { t } = useWords();
  const form = usePolicyForm();
  return (
    <Section title={t('policy.notifications')}>
      <Field hint={t('policy.notifyHint')}>
        <Switch
          label={t('policy.notify')}
          checked={!form.draft.notificationSettings.isAssignmentNotificationDisabled}
          onChange={(_event, { checked }) =>
            form.change({ notificationSettings: { isAssignmentNotificationDisabled: !checked } })
          }
        />
      </Field>
    </Section>
  );
}

/** What is wrong with the stages as a whole, and not with one of them. */
function stageCountFault(faults: Examination['faults']) {
  const fault = faults.find(({ target }) => target === 'requestApprovalSettings/stages');
  return fault === undefined ? undefined : inOneLine(fault);
}

function resized(stages: PolicyDraft['requestApprovalSettings']['stages'], count: number) {
  return Array.from({ length: count }, (_, index) => stages[index] ?? nextStage);
}
