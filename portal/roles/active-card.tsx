import { Button } from '@fluentui/react-components';
import type { HeldWay } from '../../src/desk/holding/contract.ts';
import type { ActivePrivilege } from '../../src/desk/privileges/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { refusalWords } from '../words/refusals.ts';
import { useWords } from '../words/use-words.ts';
import { AskForTime } from './ask-for-time.tsx';
import { PrivilegeCard } from './privilege-card.tsx';
import { useBecause, WayLine } from './ways.tsx';

interface Props {
  readonly held: ActivePrivilege;
  /** All ways by which the person may activate something. */
  readonly ways: readonly HeldWay[];
  /** Hears that the person is ending it. */
  ends(): void;
}

/** What is active: since when, for how much longer, why it ends then, by which way it came, and the way to end it now. */
export function ActiveCard({ held, ways, ends }: Props) {
  const { t } = useWords();
  const because = useBecause();
  const toast = useToast();
  const send = useSend();
  const { privilege, deactivation, extension } = held;
  const way = cameBy(held, ways);
  const isActivated = held.assignmentType === 'activated';
  const name = privilege.displayName;
  const deactivate = async () => {
    ends();
    await send.mutateAsync({ method: 'POST', path: deactivation.at.path, body: deactivation.at.body });
    toast.done(t('roles.deactivate.done', { name }));
  };
  return (
    <PrivilegeCard
      privilege={privilege}
      actions={
        <>
          {isActivated ? (
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
          [t('roles.since'), <Time key="since" at={held.startDateTime} as="short" />],
          [t('roles.activeFor'), <Time key="left" at={held.endDateTime} as="left" />],
          ...(held.endDateTime === null
            ? []
            : [
                [t('roles.ends'), <Time key="end" at={held.endDateTime} as="short" />] as const,
                [t('roles.because'), because(held.endsBecause)] as const,
              ]),
          ...(way === undefined ? [] : [[t('roles.through'), <WayLine key="way" way={way} />] as const]),
          [t('roles.state'), t(isActivated ? 'roles.activatedBy' : 'roles.assigned')],
          ...(isActivated && !deactivation.isPossible
            ? [[t('roles.deactivate.blocked'), whyNot(deactivation)] as const]
            : []),
        ]}
      />
    </PrivilegeCard>
  );
}

/** An activation is a way of its own, over nothing: what it was activated from has come by groups and packages. */
function cameBy({ ways: [own] }: ActivePrivilege, ways: readonly HeldWay[]): HeldWay | undefined {
  const activation = own?.path.find(({ origin }) => origin === 'activation');
  const from = ways.find(({ path }) => path.some(({ grantId }) => grantId === activation?.originId));
  return from ?? own;
}

function whyNot({ code, message }: ActivePrivilege['deactivation']): string {
  return code === null || message === null ? '' : (refusalWords(code) ?? message);
}
