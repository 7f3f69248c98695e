import { Button, Field, Radio, RadioGroup, Switch, Textarea } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { directoryRolesSource, groupsSource, usersSource } from '../../parts/pick-sources.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { type Mode, requestsPath, type Subject } from './wire.ts';

interface Draft {
  readonly picked: readonly Picked[];
  readonly mode: Mode;
  readonly accessId: 'member' | 'owner';
  readonly isPermanent: boolean;
  readonly duration: string;
  readonly justification: string;
}

const blank: Draft = {
  picked: [],
  mode: 'eligible',
  accessId: 'member',
  isPermanent: false,
  duration: 'P365D',
  justification: '',
};

/** The button that gives a role, or a place in a group, eligible or active, with its form. */
export function AddAssignment({ subject }: { readonly subject: Subject }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [draft, setDraft] = useState(blank);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const assign = async () => {
    for (const { id } of draft.picked) {
      await send.mutateAsync({
        method: 'POST',
        path: requestsPath(subject, draft.mode),
        body: {
          action: 'adminAssign',
          ...aboutOf(subject, id, draft.accessId),
          ...(draft.justification.trim() === '' ? {} : { justification: draft.justification.trim() }),
          scheduleInfo: {
            expiration: draft.isPermanent
              ? { type: 'noExpiration' }
              : { type: 'afterDuration', duration: draft.duration },
          },
        },
      });
    }
    toast.done(t('pim.done.assigned', { count: draft.picked.length }));
  };
  return (
    <Confirm
      trigger={
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setDraft(blank)}>
          {t('pim.add')}
        </Button>
      }
      title={t('pim.add.title')}
      confirmLabel={t('pim.assign')}
      isIncomplete={draft.picked.length === 0 || (!draft.isPermanent && draft.duration === '')}
      confirm={assign}
    >
      <Picker
        label={t(subject.of === 'principal' ? 'pim.what' : 'pim.who')}
        sources={subject.of === 'principal' ? [directoryRolesSource] : [usersSource, groupsSource]}
        value={draft.picked}
        required
        change={(picked) => change({ picked })}
      />
      {subject.of === 'group' ? (
        <Field label={t('pim.as')}>
          <RadioGroup
            layout="horizontal"
            value={draft.accessId}
            onChange={(_event, { value }) => change({ accessId: value === 'owner' ? 'owner' : 'member' })}
          >
            <Radio value="member" label={t('pim.member')} />
            <Radio value="owner" label={t('pim.owner')} />
          </RadioGroup>
        </Field>
      ) : null}
      <Field label={t('pim.type')} hint={t(draft.mode === 'eligible' ? 'pim.eligible.hint' : 'pim.active.hint')}>
        <RadioGroup
          layout="horizontal"
          value={draft.mode}
          onChange={(_event, { value }) => change({ mode: value === 'active' ? 'active' : 'eligible' })}
        >
          <Radio value="eligible" label={t('pim.eligible')} />
          <Radio value="active" label={t('pim.active')} />
        </RadioGroup>
      </Field>
      <Switch
        label={t('pim.permanent')}
        checked={draft.isPermanent}
        onChange={(_event, { checked }) => change({ isPermanent: checked })}
      />
      {draft.isPermanent ? null : (
        <DurationField
          label={t('pim.duration')}
          units={['days', 'hours']}
          required
          value={draft.duration}
          change={(duration) => change({ duration })}
        />
      )}
      <Field label={t('pim.justification')}>
        <Textarea value={draft.justification} onChange={(_event, { value }) => change({ justification: value })} />
      </Field>
    </Confirm>
  );
}

function aboutOf(subject: Subject, pickedId: string, accessId: 'member' | 'owner') {
  switch (subject.of) {
    case 'role':
      return { principalId: pickedId, roleDefinitionId: subject.roleId, directoryScopeId: '/' };
    case 'principal':
      return { principalId: subject.principalId, roleDefinitionId: pickedId, directoryScopeId: '/' };
    case 'group':
      return { principalId: pickedId, groupId: subject.groupId, accessId };
    default:
      return subject satisfies never;
  }
}
