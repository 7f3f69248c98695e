import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Explanation } from '../../../src/entitlements/explain/contract.ts';
import { PageButton } from '../../parts/page-link.tsx';
import { inOneLine } from '../../words/refusals.ts';
import { useWords } from '../../words/use-words.ts';

/** What is known of refusals: whether the server's own sentence names something that the title does not. */
const known = {
  RequestPending: { saysMore: false },
  AlreadyAssigned: { saysMore: false },
  RequestorNotInScope: { saysMore: false },
  CatalogNotPublished: { saysMore: false },
  CatalogNotExternallyVisible: { saysMore: false },
  ApproversNotReachable: { saysMore: true },
  IncompatibleAccessPackage: { saysMore: true },
  IncompatibleGroup: { saysMore: true },
  AssignmentLimitReached: { saysMore: true },
  AccountNotUsable: { saysMore: false },
  RequestForOthersNotAllowed: { saysMore: false },
} as const;

type Blocker = Explanation['blockers'][number];

interface Props {
  readonly blockers: readonly Blocker[];
  /** The request that waits, where one does. */
  readonly pendingRequestId: string | null;
}

/** What stands in the way of a request, and what to do about it. */
export function Blockers({ blockers, pendingRequestId }: Props) {
  return blockers.map((blocker) => (
    <BlockerNote key={blocker.code} blocker={blocker} pendingRequestId={pendingRequestId} />
  ));
}

function BlockerNote({ blocker, pendingRequestId }: { readonly blocker: Blocker } & Pick<Props, 'pendingRequestId'>) {
  const { t } = useWords();
  const code = Object.keys(known).find((one): one is keyof typeof known => one === blocker.code);
  const isGood = code === 'RequestPending' || code === 'AlreadyAssigned';
  return (
    <MessageBar intent={isGood ? 'info' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{code === undefined ? t('access.blocked') : t(`access.blocked.${code}`)}</MessageBarTitle>
        {code === undefined ? inOneLine(blocker) : t(`access.unblock.${code}`)}
        {code !== undefined && known[code].saysMore ? ` (${blocker.message})` : ''}
      </MessageBarBody>
      <Way code={code} pendingRequestId={pendingRequestId} />
    </MessageBar>
  );
}

function Way({ code, pendingRequestId }: { readonly code: string | undefined } & Pick<Props, 'pendingRequestId'>) {
  const { t } = useWords();
  if (code === 'RequestPending') {
    return (
      <MessageBarActions>
        <PageButton size="small" to={pendingRequestId === null ? '/requests' : `/requests/${pendingRequestId}`}>
          {t('access.followYours')}
        </PageButton>
      </MessageBarActions>
    );
  }
  if (code === 'AlreadyAssigned' || code === 'IncompatibleAccessPackage') {
    return (
      <MessageBarActions>
        <PageButton size="small" to="/packages" search={{ tab: 'active' }}>
          {t('access.seeActive')}
        </PageButton>
      </MessageBarActions>
    );
  }
  return null;
}
