import { Badge } from '@fluentui/react-components';
import { useWords } from '../../../words/use-words.ts';
import type { RequestState } from './wire.ts';

const colours: Readonly<Partial<Record<RequestState, 'success' | 'danger' | 'warning' | 'brand'>>> = {
  delivered: 'success',
  denied: 'danger',
  deliveryFailed: 'danger',
  pendingApproval: 'brand',
  scheduled: 'brand',
};

/** How a request stands. */
export function RequestBadge({ state }: { readonly state: RequestState }) {
  const { t } = useWords();
  return (
    <Badge appearance="tint" color={colours[state] ?? 'informative'}>
      {t(`requests-admin.state.${state}`)}
    </Badge>
  );
}
