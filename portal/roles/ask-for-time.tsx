import { Button, Field, Text, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { Sendable } from '../../src/desk/privileges/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { DurationField } from '../parts/duration-field.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';

interface Props {
  readonly name: string;
  readonly kind: 'extend' | 'renew';
  readonly at: Sendable;
}

/** Asks an administrator for more time. */
export function AskForTime({ name, kind, at }: Props) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [duration, setDuration] = useState('P30D');
  const [justification, setJustification] = useState('');
  const ask = async () => {
    await send.mutateAsync({
      method: 'POST',
      path: at.path,
      body: { ...at.body, justification, scheduleInfo: { expiration: { type: 'afterDuration', duration } } },
    });
    toast.done(t('roles.ask.done'));
  };
  const label = t(`roles.${kind}`);
  return (
    <Confirm
      trigger={<Button>{label}</Button>}
      title={t('roles.ask.title', { name })}
      confirmLabel={label}
      isIncomplete={justification.trim() === '' || duration === ''}
      confirm={ask}
    >
      <Text>{t('roles.ask.text')}</Text>
      <DurationField label={t('roles.ask.days')} required value={duration} change={setDuration} />
      <Field label={t('roles.activate.justification')} required>
        <Textarea value={justification} onChange={(_event, { value }) => setJustification(value)} />
      </Field>
    </Confirm>
  );
}
