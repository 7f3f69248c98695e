import { Button, Field, Text, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { Sendable } from '../../src/desk/privileges/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { DurationField } from '../parts/duration-field.tsx';
import { useToast } from '../parts/toast.tsx';
import { useNow } from '../shell/now.tsx';
import { millisecondsOf, useWords } from '../words/use-words.ts';

interface Props {
  readonly name: string;
  readonly kind: 'extend' | 'renew';
  readonly at: Sendable;
  /** When it ends or has ended. */
  readonly ends: string | null;
}

/** Asks an administrator for more time: an extension goes on from the end, a renewal begins anew. */
export function AskForTime({ name, kind, at, ends }: Props) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const now = useNow();
  const [duration, setDuration] = useState('P30D');
  const [justification, setJustification] = useState('');
  const ask = async () => {
    const scheduleInfo =
      kind === 'extend' && ends !== null
        ? {
            startDateTime: instant(now),
            expiration: { type: 'afterDateTime', endDateTime: instant(Date.parse(ends) + millisecondsOf(duration)) },
          }
        : { expiration: { type: 'afterDuration', duration } };
    await send.mutateAsync({
      method: 'POST',
      path: at.path,
      body: { ...at.body, justification, scheduleInfo },
    });
    toast.done(t('roles.ask.done'));
  };
  const label = t(kind === 'extend' ? 'roles.extend' : 'roles.renew');
  return (
    <Confirm
      trigger={<Button>{label}</Button>}
      title={t('roles.ask.title', { name })}
      confirmLabel={label}
      isIncomplete={justification.trim() === '' || duration === ''}
      confirm={ask}
    >
      <Text>{t('roles.ask.text')}</Text>
      <DurationField
        label={t(kind === 'extend' ? 'roles.ask.longer' : 'roles.ask.days')}
        required
        value={duration}
        change={setDuration}
      />
      <Field label={t('roles.activate.justification')} required>
        <Textarea value={justification} onChange={(_event, { value }) => setJustification(value)} />
      </Field>
    </Confirm>
  );
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
