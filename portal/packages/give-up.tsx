import { Button } from '@fluentui/react-components';
import { DismissCircleRegular } from '@fluentui/react-icons';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';
import { type Assignment, entitlements } from './wire.ts';

/** Gives up what the person has, at once. */
export function GiveUp({ assignment }: { readonly assignment: Assignment }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const name = assignment.accessPackage?.displayName ?? '';
  const giveUp = async () => {
    await send.mutateAsync({
      method: 'POST',
      path: `${entitlements}/assignmentRequests`,
      body: { requestType: 'userRemove', assignment: { id: assignment.id } },
    });
    toast.done(t('access.giveUp.done', { name }));
  };
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissCircleRegular />}
          aria-label={t('access.actionOn', { action: t('access.giveUp'), name })}
        >
          {t('access.giveUp')}
        </Button>
      }
      title={t('access.giveUp.title', { name })}
      confirmLabel={t('access.giveUp')}
      confirm={giveUp}
    >
      {t('access.giveUp.text')}
    </Confirm>
  );
}
