import { Field, Radio, RadioGroup, Switch } from '@fluentui/react-components';
import { useNames } from '../../api/names.ts';
import { type Collection, useGet } from '../../api/queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { groupsSource, usersSource } from '../../parts/pick-sources.ts';
import { Picker } from '../../parts/picker.tsx';
import { useWords } from '../../words/use-words.ts';
import type { NamedThing } from '../wire.ts';
import type { SettingsDraft } from './settings-draft.ts';

interface Props {
  readonly draft: SettingsDraft;
  readonly hasDefaultApprovers: boolean;
  change(part: Partial<SettingsDraft>): void;
}

/** What activating takes. */
export function ActivationFields({ draft, hasDefaultApprovers, change }: Props) {
  const { t } = useWords();
  const names = useNames(draft.approvers.map(({ id }) => id));
  return (
    <>
      <DurationField
        label={t('pim.maximum')}
        units={['hours', 'minutes']}
        required
        value={draft.maximum}
        change={(maximum) => change({ maximum })}
      />
      <Field label={t('pim.proof')}>
        <RadioGroup
          value={draft.proof}
          onChange={(_event, { value }) => change({ proof: value as SettingsDraft['proof'] })}
        >
          <Radio value="none" label={t('pim.proof.none')} />
          <Radio value="mfa" label={t('pim.mfa')} />
          <Radio value="context" label={t('pim.proof.context')} />
        </RadioGroup>
      </Field>
      {draft.proof === 'context' ? <ContextChoice value={draft.context} change={change} /> : null}
      <Switch
        label={t('pim.needsJustification')}
        checked={draft.needsJustification}
        onChange={(_event, { checked }) => change({ needsJustification: checked })}
      />
      <Switch
        label={t('pim.needsTicket')}
        checked={draft.needsTicket}
        onChange={(_event, { checked }) => change({ needsTicket: checked })}
      />
      <Switch
        label={t('pim.needsApproval')}
        checked={draft.needsApproval}
        onChange={(_event, { checked }) => change({ needsApproval: checked })}
      />
      {draft.needsApproval ? (
        <Picker
          label={t('pim.approvers')}
          hint={t(hasDefaultApprovers ? 'pim.approversHintRole' : 'pim.approversHint')}
          sources={[usersSource, groupsSource]}
          value={draft.approvers.map((one) => ({
            ...one,
            displayName: names.get(one.id)?.displayName ?? one.displayName,
          }))}
          required={!hasDefaultApprovers}
          change={(approvers) => change({ approvers })}
        />
      ) : null}
    </>
  );
}

interface ContextProps {
  readonly value: string;
  change(part: Partial<SettingsDraft>): void;
}

/** One of the authentication contexts that the organisation has. */
function ContextChoice({ value, change }: ContextProps) {
  const { t } = useWords();
  const { data } = useGet<Collection<NamedThing>>(
    '/v1.0/identity/conditionalAccess/authenticationContextClassReferences?$filter=isAvailable eq true',
  );
  const contexts = data?.value ?? [];
  const known = contexts.some(({ id }) => id === value) || value === '';
  return (
    <Choice
      label={t('pim.context')}
      value={value}
      required
      hint={data !== undefined && contexts.length === 0 ? t('pim.context.none') : ''}
      options={[
        ...contexts.map(({ id, displayName }) => ({ value: id, name: `${displayName} (${id})` })),
        ...(known ? [] : [{ value, name: value }]),
      ]}
      change={(context) => change({ context })}
    />
  );
}
