import { Badge } from '@fluentui/react-components';
import { useWords } from '../words/use-words.ts';
import { isPending } from './wire.ts';

/** How a request stands, in words. */
export function StatusBadge({ status }: { readonly status: string }) {
  const { t, intl } = useWords();
  const key = `approvals.status.${status}`;
  const colour = isPending(status)
    ? 'warning'
    : /^(Delivered|Provisioned|Granted)$/.test(status)
      ? 'success'
      : 'subtle';
  return (
    <Badge appearance="tint" color={colour}>
      {key in intl.messages ? intl.formatMessage({ id: key }) : t('approvals.status.other', { status })}
    </Badge>
  );
}
