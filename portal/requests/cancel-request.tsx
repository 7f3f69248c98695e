import { Button } from '@fluentui/react-components';
import type { Timeline } from '../../src/desk/timeline/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';

/** Takes a request back, where the server says that it can be. */
export function CancelRequest({ cancellation }: Pick<Timeline, 'cancellation'>) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  if (!cancellation.isPossible) return null;
  const cancel = async () => {
    await send.mutateAsync({ method: 'POST', path: cancellation.path });
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
