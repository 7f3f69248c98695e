import { Button } from '@fluentui/react-components';
import { useMe } from '../api/me.ts';
import { useSend } from '../api/queries.ts';
import { type AssignmentRequest, entitlements } from '../packages/wire.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';

/** Takes a request back that one made, while it waits. */
export function CancelRequest({ request }: { readonly request: AssignmentRequest }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const toast = useToast();
  const send = useSend();
  const waits = request.state === 'pendingApproval' || request.state === 'scheduled';
  if (!waits || request.requestor?.id !== me?.id) return null;
  const cancel = async () => {
    await send.mutateAsync({ method: 'POST', path: `${entitlements}/assignmentRequests/${request.id}/cancel` });
    toast.done(t('access.cancel.done'));
  };
  return (
    <Confirm
      trigger={<Button>{t('access.cancel')}</Button>}
      title={t('access.cancel.title')}
      confirmLabel={t('access.cancel')}
      confirm={cancel}
    >
      {t('access.cancel.text')}
    </Confirm>
  );
}
