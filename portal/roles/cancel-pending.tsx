import { Button } from '@fluentui/react-components';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';

/** Takes back one's own activation that waits for an approval, by an operation of Graph. */
export function CancelPending({ path }: { readonly path: string }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const cancel = async () => {
    await send.mutateAsync({ method: 'POST', path });
    toast.done(t('roles.pending.canceled'));
  };
  return (
    <Confirm
      trigger={<Button>{t('roles.pending.cancel')}</Button>}
      title={t('roles.pending.cancel')}
      confirmLabel={t('roles.pending.cancel')}
      confirm={cancel}
    >
      {t('roles.pending.cancelText')}
    </Confirm>
  );
}
