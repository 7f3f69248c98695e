import { Button, Switch, Text } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { groupsSource, usersSource } from '../../parts/pick-sources.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { type ApprovalSetting, type Rule, ruleOf } from './rules.ts';

const prefix = '#microsoft.graph.unifiedRoleManagementPolicy';

interface Draft {
  readonly maximum: string;
  readonly enabled: readonly string[];
  readonly needsApproval: boolean;
  readonly approvers: readonly Picked[];
  readonly eligibilityMaximum: string;
  readonly assignmentMaximum: string;
}

const switches = [
  ['MultiFactorAuthentication', 'pim.mfa'],
  ['Justification', 'pim.needsJustification'],
  ['Ticketing', 'pim.needsTicket'],
] as const;

interface Props {
  readonly policyId: string;
  readonly rules: readonly Rule[];
  /** A group comes under PIM with the first change. */
  readonly isOfGroup: boolean;
}

/** Changes the rules on activation and on how long assignments last: all of them, or none. */
export function EditSettings({ policyId, rules, isOfGroup }: Props) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [draft, setDraft] = useState(() => draftOf(rules));
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = async () => {
    await send.mutateAsync({
      method: 'PATCH',
      path: `/v1.0/policies/roleManagementPolicies/${policyId}`,
      body: { rules: rulesOf(draft) },
    });
    toast.done(t('pim.done'));
  };
  return (
    <Confirm
      trigger={
        <Button icon={<EditRegular />} onClick={() => setDraft(draftOf(rules))}>
          {t('pim.settings.edit')}
        </Button>
      }
      title={t('pim.settings.edit')}
      confirmLabel={t('parts.save')}
      isIncomplete={draft.maximum === '' || (draft.needsApproval && draft.approvers.length === 0)}
      confirm={save}
    >
      <Text>{t('pim.settings.text')}</Text>
      {isOfGroup ? <Text>{t('pim.settings.group')}</Text> : null}
      <DurationField
        label={t('pim.maximum')}
        units={['hours', 'minutes']}
        required
        value={draft.maximum}
        change={(maximum) => change({ maximum })}
      />
      {switches.map(([rule, label]) => (
        <Switch
          key={rule}
          label={t(label)}
          checked={draft.enabled.includes(rule)}
          onChange={(_event, { checked }) =>
            change({ enabled: [...draft.enabled.filter((one) => one !== rule), ...(checked ? [rule] : [])] })
          }
        />
      ))}
      <Switch
        label={t('pim.needsApproval')}
        checked={draft.needsApproval}
        onChange={(_event, { checked }) => change({ needsApproval: checked })}
      />
      {draft.needsApproval ? (
        <Picker
          label={t('pim.approvers')}
          hint={t('pim.approversHint')}
          sources={[usersSource, groupsSource]}
          value={draft.approvers}
          required
          change={(approvers) => change({ approvers })}
        />
      ) : null}
      <Limit
        label={t('pim.eligibilityEnds')}
        lengthLabel={t('pim.eligibilityMaximum')}
        value={draft.eligibilityMaximum}
        otherwise="P365D"
        change={(eligibilityMaximum) => change({ eligibilityMaximum })}
      />
      <Limit
        label={t('pim.assignmentEnds')}
        lengthLabel={t('pim.assignmentMaximum')}
        value={draft.assignmentMaximum}
        otherwise="P180D"
        change={(assignmentMaximum) => change({ assignmentMaximum })}
      />
    </Confirm>
  );
}

interface LimitProps {
  readonly label: string;
  readonly lengthLabel: string;
  /** `''`: without end. */
  readonly value: string;
  readonly otherwise: string;
  change(value: string): void;
}

function Limit({ label, lengthLabel, value, otherwise, change }: LimitProps) {
  return (
    <>
      <Switch
        label={label}
        checked={value !== ''}
        onChange={(_event, { checked }) => change(checked ? otherwise : '')}
      />
      {value === '' ? null : <DurationField label={lengthLabel} units={['days']} value={value} change={change} />}
    </>
  );
}

function draftOf(rules: readonly Rule[]): Draft {
  const limit = (id: string) => {
    const rule = ruleOf(rules, id);
    return rule?.isExpirationRequired === true ? (rule.maximumDuration ?? '') : '';
  };
  const approval = ruleOf(rules, 'Approval_EndUser_Assignment')?.setting;
  return {
    maximum: ruleOf(rules, 'Expiration_EndUser_Assignment')?.maximumDuration ?? '',
    enabled: ruleOf(rules, 'Enablement_EndUser_Assignment')?.enabledRules ?? [],
    needsApproval: approval?.isApprovalRequired === true,
    approvers: approversOf(approval),
    eligibilityMaximum: limit('Expiration_Admin_Eligibility'),
    assignmentMaximum: limit('Expiration_Admin_Assignment'),
  };
}

function approversOf(setting: ApprovalSetting | undefined): Picked[] {
  return (setting?.approvalStages ?? []).flatMap(({ primaryApprovers }) =>
    primaryApprovers.map(({ userId, groupId, description }) => ({
      kind: userId === undefined ? ('group' as const) : ('user' as const),
      id: userId ?? groupId ?? '',
      displayName: description ?? userId ?? groupId ?? '',
    })),
  );
}

function rulesOf(draft: Draft) {
  const expiry = (id: string, value: string) => ({
    '@odata.type': `${prefix}ExpirationRule`,
    id,
    isExpirationRequired: value !== '',
    ...(value === '' ? {} : { maximumDuration: value }),
  });
  return [
    { '@odata.type': `${prefix}ExpirationRule`, id: 'Expiration_EndUser_Assignment', maximumDuration: draft.maximum },
    { '@odata.type': `${prefix}EnablementRule`, id: 'Enablement_EndUser_Assignment', enabledRules: draft.enabled },
    {
      '@odata.type': `${prefix}ApprovalRule`,
      id: 'Approval_EndUser_Assignment',
      setting: {
        isApprovalRequired: draft.needsApproval,
        approvalMode: 'SingleStage',
        approvalStages: [
          {
            approvalStageTimeOutInDays: 1,
            isApproverJustificationRequired: true,
            primaryApprovers: draft.approvers.map(({ kind, id, displayName }) =>
              kind === 'group'
                ? { '@odata.type': '#microsoft.graph.groupMembers', groupId: id, description: displayName }
                : { '@odata.type': '#microsoft.graph.singleUser', userId: id, description: displayName },
            ),
          },
        ],
      },
    },
    expiry('Expiration_Admin_Eligibility', draft.eligibilityMaximum),
    expiry('Expiration_Admin_Assignment', draft.assignmentMaximum),
  ];
}
