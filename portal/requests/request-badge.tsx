import { Badge, type BadgeProps } from '@fluentui/react-components';
import type { AssignmentRequest, RequestState } from '../packages/wire.ts';
import { useWords } from '../words/use-words.ts';

const colours: Readonly<Record<RequestState, BadgeProps['color']>> = {
  submitted: 'informative',
  pendingApproval: 'warning',
  scheduled: 'brand',
  delivering: 'brand',
  delivered: 'success',
  partiallyDelivered: 'warning',
  deliveryFailed: 'danger',
  denied: 'danger',
  canceled: 'informative',
};

/** How a request stands; whether somebody denied it or nobody decided in time is told apart. */
export function RequestBadge({
  request: { state, status },
}: {
  readonly request: Pick<AssignmentRequest, 'state' | 'status'>;
}) {
  const { t } = useWords();
  const isTimedOut = state === 'denied' && status === 'Expired';
  return (
    <Badge appearance="tint" size="large" color={colours[state]}>
      {t(isTimedOut ? 'access.state.timedOut' : `access.state.${state}`)}
    </Badge>
  );
}
