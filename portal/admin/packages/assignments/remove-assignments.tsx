import { Button, Field, Text, Textarea } from '@fluentui/react-components';
import { PersonDeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { useToast } from '../../../parts/toast.tsx';
import { useEach } from '../../../parts/use-each.ts';
import { useWords } from '../../../words/use-words.ts';
import { entitlements } from '../../wire.ts';
import { Failures } from './failures.tsx';
import { type Assignment, nameOf } from './wire.ts';

interface Props {
  readonly assignments: readonly Assignment[];
  readonly isInRow?: boolean;
  done?(): void;
}

/** Revokes access at once: of one person, or of all who are selected. */
export function RemoveAssignments({ assignments, isInRow = false, done }: Props) {
  const { t, intl } = useWords();
  const toast = useToast();
  const each = useEach<Assignment>();
  const [justification, setJustification] = useState('');
  const names = assignments.map(nameOf);
  const some = names.length > 5 ? [...names.slice(0, 5), t('assignments.more', { count: names.length - 5 })] : names;
  const remove = async () => {
    await each.run(assignments, ({ id }) =>
      call(`${entitlements}/assignmentRequests`, {
        method: 'POST',
        body: { requestType: 'adminRemove', assignment: { id }, ...(justification === '' ? {} : { justification }) },
      }),
    );
    toast.done(t('assignments.removed', { count: assignments.length }));
    done?.();
  };
  return (
    <Confirm
      trigger={
        <Button
          size={isInRow ? 'small' : 'medium'}
          appearance={isInRow ? 'subtle' : 'secondary'}
          icon={<PersonDeleteRegular />}
          {...(isInRow ? { 'aria-label': t('assignments.removeOf', { name: names[0] ?? '' }) } : {})}
          onClick={() => {
            setJustification('');
            each.reset();
          }}
        >
          {isInRow ? t('assignments.remove') : t('assignments.removeSelected', { count: assignments.length })}
        </Button>
      }
      title={t('assignments.removeTitle', { count: assignments.length })}
      confirmLabel={t('assignments.removeNow')}
      confirm={remove}
    >
      <Text>{t('assignments.removeText', { names: intl.formatList(some) })}</Text>
      <Field label={t('assignments.justification')}>
        <Textarea
          value={justification}
          resize="vertical"
          maxLength={4096}
          onChange={(_event, { value }) => setJustification(value)}
        />
      </Field>
      <Failures failures={each.failures.map(({ item, message }) => ({ name: nameOf(item), message }))} />
    </Confirm>
  );
}
