import { Field, Radio, RadioGroup, Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { DateTimeField } from '../../parts/date-time-field.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { Section } from '../../parts/page.tsx';
import { useWords } from '../../words/use-words.ts';
import type { ExpirationType, PolicyDraft } from './draft.ts';
import { usePolicyForm } from './form.tsx';

const ways = ['date', 'days', 'hours', 'never'] as const;
type Way = (typeof ways)[number];

function wayOf({ type, duration }: PolicyDraft['expiration']): Way {
  if (type === 'afterDateTime') return 'date';
  if (type === 'noExpiration') return 'never';
  return /^P\d+D$/.test(duration) ? 'days' : 'hours';
}

const starts: Readonly<Record<Way, { readonly type: ExpirationType; readonly duration: string }>> = {
  date: { type: 'afterDateTime', duration: '' },
  days: { type: 'afterDuration', duration: 'P30D' },
  hours: { type: 'afterDuration', duration: 'PT8H' },
  never: { type: 'noExpiration', duration: '' },
};

/** When assignments end, and what their holders may do about it. */
export function LifecyclePart() {
  return (
    <>
      <Expiration />
      <Holders />
    </>
  );
}

function Expiration() {
  const { t } = useWords();
  const form = usePolicyForm();
  const { expiration } = form.draft;
  // Kept apart: a field that was emptied is still the field of that way.
  const [way, setWay] = useState(() => wayOf(expiration));
  const change = (part: Partial<PolicyDraft['expiration']>) => form.change({ expiration: { ...expiration, ...part } });
  return (
    <Section title={t('policy.expiration')}>
      <Field label={t('policy.expires')} validationMessage={form.said('expiration/type')}>
        <RadioGroup
          value={way}
          onChange={(_event, { value }) => {
            setWay(value as Way);
            change(starts[value as Way]);
          }}
        >
          {ways.map((one) => (
            <Radio key={one} value={one} label={t(`policy.expires.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      {way === 'date' ? (
        <DateTimeField
          label={t('policy.endDate')}
          value={expiration.endDateTime}
          error={form.said('expiration/endDateTime')}
          required
          change={(endDateTime) => change({ endDateTime })}
        />
      ) : null}
      {way === 'days' || way === 'hours' ? (
        <DurationField
          // Days and hours are fields of their own: what one of them cannot show, the other can.
          key={way}
          label={t('policy.duration')}
          hint={t('policy.durationHint')}
          value={expiration.duration}
          units={way === 'days' ? ['days'] : ['hours', 'minutes']}
          error={form.said('expiration/duration', 'expiration')}
          required
          change={(duration) => change({ duration })}
        />
      ) : null}
    </Section>
  );
}

function Holders() {
  const { t } = useWords();
  const form = usePolicyForm();
  const { requestorSettings: settings, requestApprovalSettings: approval } = form.draft;
  const change = (part: Partial<PolicyDraft['requestorSettings']>) =>
    form.change({ requestorSettings: { ...settings, ...part } });
  return (
    <Section title={t('policy.holders')}>
      <Field hint={t('policy.customScheduleHint')}>
        <Switch
          label={t('policy.customSchedule')}
          checked={settings.allowCustomAssignmentSchedule}
          onChange={(_event, { checked }) => change({ allowCustomAssignmentSchedule: checked })}
        />
      </Field>
      <Switch
        label={t('policy.extend')}
        checked={settings.enableTargetsToSelfUpdateAccess}
        onChange={(_event, { checked }) => change({ enableTargetsToSelfUpdateAccess: checked })}
      />
      {settings.enableTargetsToSelfUpdateAccess ? (
        <Field
          hint={t('policy.extendApprovalHint')}
          validationMessage={form.said('requestApprovalSettings/isApprovalRequiredForUpdate')}
        >
          <Switch
            label={t('policy.extendApproval')}
            checked={approval.isApprovalRequiredForUpdate}
            disabled={approval.stages.length === 0}
            onChange={(_event, { checked }) =>
              form.change({ requestApprovalSettings: { ...approval, isApprovalRequiredForUpdate: checked } })
            }
          />
        </Field>
      ) : null}
      <Switch
        label={t('policy.giveUp')}
        checked={settings.enableTargetsToSelfRemoveAccess}
        onChange={(_event, { checked }) => change({ enableTargetsToSelfRemoveAccess: checked })}
      />
    </Section>
  );
}
