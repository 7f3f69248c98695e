import { Button } from '@fluentui/react-components';
import { CalendarEditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useSend } from '../../../api/queries.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { DateTimeField } from '../../../parts/date-time-field.tsx';
import { faultsOf, saidAt } from '../../../parts/fault.ts';
import { useToast } from '../../../parts/toast.tsx';
import { useWords } from '../../../words/use-words.ts';
import { entitlements } from '../../wire.ts';
import { type Assignment, nameOf } from './wire.ts';

/** Moves the end of somebody's assignment, earlier or later, as far as the policy lets it. */
export function ChangeEnd({ assignment }: { readonly assignment: Assignment }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [end, setEnd] = useState('');
  const name = nameOf(assignment);
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          appearance="subtle"
          icon={<CalendarEditRegular />}
          aria-label={t('assignments.changeEndOf', { name })}
          onClick={() => setEnd(assignment.endDateTime ?? '')}
        >
          {t('assignments.changeEnd')}
        </Button>
      }
      title={t('assignments.changeEndOf', { name })}
      confirmLabel={t('parts.save')}
      isIncomplete={end === ''}
      confirm={async () => {
        const expiration = { type: 'afterDateTime', endDateTime: end };
        const body = { requestType: 'adminUpdate', assignment: { id: assignment.id }, schedule: { expiration } };
        await send.mutateAsync({ method: 'POST', path: `${entitlements}/assignmentRequests`, body });
        toast.done(t('assignments.endChanged', { name }));
      }}
    >
      {(refusal) => (
        <DateTimeField
          label={t('assignments.endAt')}
          hint={t('assignments.changeEndHint')}
          value={end}
          required
          error={saidAt(faultsOf(refusal), 'schedule')}
          change={setEnd}
        />
      )}
    </Confirm>
  );
}
