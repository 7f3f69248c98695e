import { Button, Field, Textarea } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ApprovalCase } from '../../src/desk/approvals/contract.ts';
import { useSend } from '../api/queries.ts';
import { entitlements } from '../packages/wire.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';

/** Takes an approval back, with a reason: what came of it ends, and what still waits is denied. */
export function TakeBack({ of: { id, state } }: { readonly of: ApprovalCase }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [reason, setReason] = useState('');
  const takeBack = async () => {
    const justification = reason.trim();
    await send.mutateAsync({
      method: 'POST',
      path: `${entitlements}/assignmentRequests`,
      body: { requestType: 'approverRemove', assignment: { id }, justification },
    });
    toast.done(t('approvals.takeBack.done'));
  };
  return (
    <Confirm
      trigger={<Button icon={<ArrowUndoRegular />}>{t('approvals.takeBack')}</Button>}
      title={t('approvals.takeBack.title')}
      confirmLabel={t('approvals.takeBack')}
      isIncomplete={reason.trim() === ''}
      confirm={takeBack}
    >
      <span>{t(state === 'pending' ? 'approvals.takeBack.denies' : 'approvals.takeBack.ends')}</span>
      <Field label={t('approvals.reason')} hint={t('approvals.reasonHint')} required>
        <Textarea value={reason} onChange={(_event, { value }) => setReason(value)} />
      </Field>
    </Confirm>
  );
}
