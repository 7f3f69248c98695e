import { Button, Text } from '@fluentui/react-components';
import { ArrowClockwiseRegular, DeleteRegular, DismissCircleRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { may, useMe } from '../../../api/me.ts';
import { useSend } from '../../../api/queries.ts';
import { Confirm } from '../../../parts/confirm.tsx';
import { useToast } from '../../../parts/toast.tsx';
import { useWords } from '../../../words/use-words.ts';
import { entitlements } from '../../wire.ts';
import { type AssignmentRequest, calledOf } from './wire.ts';

interface Props {
  readonly request: AssignmentRequest;
  /** The request is gone: there is nothing more to show. */
  deleted(): void;
}

/** What may be done about a request. Whether it can be in its state, the server says. */
export function RequestActions({ request, deleted }: Props) {
  const { t } = useWords();
  const { data: me } = useMe();
  const path = `${entitlements}/assignmentRequests/${request.id}`;
  const { state } = request;
  return (
    <>
      {may(me, 'assignmentRequest.cancel') ? (
        <Action
          action="cancel"
          request={request}
          path={`${path}/cancel`}
          icon={<DismissCircleRegular />}
          isOffered={['pendingApproval', 'scheduled', 'deliveryFailed'].includes(state)}
        />
      ) : null}
      {may(me, 'assignmentRequest.submitAsAdministrator') ? (
        <Action
          action="reprocess"
          request={request}
          path={`${path}/reprocess`}
          icon={<ArrowClockwiseRegular />}
          isOffered={state === 'deliveryFailed'}
        />
      ) : null}
      {may(me, 'assignmentRequest.delete') ? (
        <Action
          action="delete"
          request={request}
          path={path}
          icon={<DeleteRegular />}
          isOffered={['denied', 'canceled', 'deliveryFailed'].includes(state)}
          done={deleted}
        />
      ) : null}
      {['delivered'].includes(state) ? <Text size={200}>{t('requests-admin.onRecord')}</Text> : null}
    </>
  );
}

interface ActionProps {
  readonly action: 'cancel' | 'reprocess' | 'delete';
  readonly request: AssignmentRequest;
  readonly path: string;
  readonly icon: ReactElement;
  readonly isOffered: boolean;
  done?(): void;
}

function Action({ action, request, path, icon, isOffered, done }: ActionProps) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  if (!isOffered) return null;
  const name = calledOf(request.assignment?.target);
  return (
    <Confirm
      trigger={<Button icon={icon as React.JSX.Element}>{t(`requests-admin.${action}`)}</Button>}
      title={t(`requests-admin.${action}.title`, { name })}
      confirmLabel={t(`requests-admin.${action}.confirm`)}
      confirm={async () => {
        // Closed first: what is deleted is not read again.
        if (action === 'delete') done?.();
        await send.mutateAsync({ method: action === 'delete' ? 'DELETE' : 'POST', path });
        toast.done(t(`requests-admin.${action}.done`));
      }}
    >
      {t(`requests-admin.${action}.text`)}
    </Confirm>
  );
}
