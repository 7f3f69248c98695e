import { Button } from '@fluentui/react-components';
import type { ActivePrivilege } from '../../src/desk/privileges/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { inOneLine } from '../words/refusals.ts';
import { useWords } from '../words/use-words.ts';
import { AskForTime } from './ask-for-time.tsx';
import { PrivilegeCard } from './privilege-card.tsx';
import { useBecause, WayLine } from './ways.tsx';

/** What is active: for how much longer, why it ends then, and the way to end it now. */
export function ActiveCard({ held }: { readonly held: ActivePrivilege }) {
  const { t } = useWords();
  const because = useBecause();
  const toast = useToast();
  const send = useSend();
  const { privilege, deactivation, extension, ways } = held;
  const [way] = ways;
  const name = privilege.displayName;
  const deactivate = async () => {
    await send.mutateAsync({ method: 'POST', path: deactivation.at.path, body: deactivation.at.body });
    toast.done(t('roles.deactivate.done', { name }));
  };
  return (
    <PrivilegeCard
      privilege={privilege}
      actions={
        <>
          {held.assignmentType === 'activated' ? (
            <Confirm
              trigger={
                <Button disabledFocusable={!deactivation.isPossible} title={whyNot(deactivation)}>
                  {t('roles.deactivate')}
                </Button>
              }
              title={t('roles.deactivate.title', { name })}
              confirmLabel={t('roles.deactivate')}
              confirm={deactivate}
            >
              {t('roles.deactivate.text')}
            </Confirm>
          ) : null}
          {extension.isPossible ? (
            <AskForTime name={name} kind="extend" at={extension.at} ends={held.endDateTime} />
          ) : null}
        </>
      }
    >
      <Facts
        facts={[
          [t('roles.activeFor'), <Time key="left" at={held.endDateTime} as="left" />],
          ...(held.endDateTime === null
            ? []
            : [
                [t('roles.ends'), <Time key="end" at={held.endDateTime} as="short" />] as const,
                [t('roles.because'), because(held.endsBecause)] as const,
              ]),
          ...(way === undefined ? [] : [[t('roles.through'), <WayLine key="way" way={way} />] as const]),
          [t('roles.state'), t(held.assignmentType === 'activated' ? 'roles.activatedBy' : 'roles.assigned')],
        ]}
      />
    </PrivilegeCard>
  );
}

function whyNot({ code, message }: ActivePrivilege['deactivation']): string {
  return code === null || message === null ? '' : inOneLine({ code, message });
}
