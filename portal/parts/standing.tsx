import { Badge, type BadgeProps } from '@fluentui/react-components';
import { useWords } from '../words/use-words.ts';

const colours = {
  submitted: 'informative',
  pendingApproval: 'warning',
  pendingAdminDecision: 'warning',
  scheduled: 'brand',
  delivering: 'brand',
  delivered: 'success',
  partiallyDelivered: 'warning',
  deliveryFailed: 'danger',
  approved: 'success',
  denied: 'danger',
  timedOut: 'danger',
  canceled: 'informative',
  withdrawn: 'informative',
} as const satisfies Readonly<Record<string, BadgeProps['color']>>;

/** How a request, or its approval, stands: the states of Graph, and those of `/sallyport/`. */
export type Standing = keyof typeof colours;

/**
 * How a request of the first door stands by what Graph says of it: whether somebody denied it or nobody decided in
 * time, only `status` tells.
 */
export function standingOf<State extends Standing>({
  state,
  status,
}: {
  readonly state: State;
  readonly status: string;
}): State | 'timedOut' {
  return state === 'denied' && status === 'Expired' ? 'timedOut' : state;
}

/** How something stands that was asked for. */
export function StandingBadge({
  standing,
  size = 'medium',
}: { readonly standing: Standing } & Pick<BadgeProps, 'size'>) {
  const { t } = useWords();
  return (
    <Badge appearance="tint" size={size} color={colours[standing]}>
      {t(`parts.standing.${standing}`)}
    </Badge>
  );
}
