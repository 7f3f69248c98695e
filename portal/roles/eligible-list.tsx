import { Badge, Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { EligiblePrivilege } from '../../src/desk/privileges/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../words/use-words.ts';
import { ActivateDialog } from './activate-dialog.tsx';
import { AskForTime } from './ask-for-time.tsx';
import { PrivilegeCard } from './privilege-card.tsx';
import { keyOf } from './privilege-key.ts';
import { useBecause, WayLine } from './ways.tsx';

const useStyles = makeStyles({ several: { marginBottom: tokens.spacingVerticalM } });

/** What one may activate. Which is being activated is in the address, to come back to after a step-up. */
export function EligibleList({ eligible }: { readonly eligible: readonly EligiblePrivilege[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const address = useAddress();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const wanted = new Set(address.get('activate').split(','));
  const activating = eligible.filter(({ privilege }) => wanted.has(keyOf(privilege)));
  const choosable = eligible.filter(canActivate);
  const activate = (keys: Iterable<string>) => address.set({ activate: [...keys].join(',') }, 'push');
  const choose = (key: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  return (
    <>
      {choosable.length > 1 ? (
        <Button
          className={styles.several}
          appearance="primary"
          disabledFocusable={chosen.size === 0}
          onClick={() => activate(chosen)}
        >
          {t('roles.activate.several', { count: chosen.size })}
        </Button>
      ) : null}
      {eligible.map((one) => {
        const key = keyOf(one.privilege);
        return (
          <EligibleCard
            key={key}
            held={one}
            choice={
              choosable.length > 1 && canActivate(one) ? (
                <Checkbox
                  aria-label={t('roles.activate.choose', { name: one.privilege.displayName })}
                  checked={chosen.has(key)}
                  onChange={(_event, { checked }) => choose(key, checked === true)}
                />
              ) : null
            }
            activate={() => activate([key])}
          />
        );
      })}
      {activating.length > 0 ? (
        <ActivateDialog privileges={activating} close={() => address.set({ activate: '' })} />
      ) : null}
    </>
  );
}

function canActivate({ activation }: EligiblePrivilege): boolean {
  return activation.isPossible && activation.pendingRequest === null;
}

interface CardProps {
  readonly held: EligiblePrivilege;
  readonly choice: React.ReactNode;
  activate(): void;
}

function EligibleCard({ held, choice, activate }: CardProps) {
  const { t } = useWords();
  const because = useBecause();
  const { privilege, activation, extension, isActive, activeUntil, ways } = held;
  const [way] = ways;
  return (
    <PrivilegeCard
      privilege={privilege}
      badges={isActive ? <Badge color="success">{t('roles.alreadyActive')}</Badge> : null}
      actions={
        <>
          {choice}
          {activation.pendingRequest === null ? (
            <Button
              appearance="primary"
              disabledFocusable={!canActivate(held)}
              title={activation.blocker?.message ?? ''}
              onClick={() => {
                if (canActivate(held)) activate();
              }}
            >
              {t('roles.activate')}
            </Button>
          ) : (
            <CancelPending held={held} requestId={activation.pendingRequest.id} />
          )}
          {extension.isPossible ? <AskForTime name={privilege.displayName} kind="extend" at={extension.at} /> : null}
        </>
      }
    >
      <Facts
        facts={[
          ...(way === undefined ? [] : [[t('roles.through'), <WayLine key="way" way={way} />] as const]),
          [t('roles.endsWith'), <Time key="end" at={held.endDateTime} />],
          ...(held.endDateTime === null ? [] : [[t('roles.because'), because(held.endsBecause)] as const]),
          ...(isActive ? [[t('roles.activeFor'), <Time key="active" at={activeUntil} as="left" />] as const] : []),
          ...(activation.pendingRequest === null
            ? []
            : [
                [
                  t('roles.pending'),
                  <span key="pending">
                    {t('roles.pending.until')} <Time at={activation.pendingRequest.deadline} />
                  </span>,
                ] as const,
              ]),
          ...(activation.blocker === null || isActive
            ? []
            : [[t('roles.blocker'), activation.blocker.message] as const]),
          ...(activation.activateFirst === null
            ? []
            : [
                [
                  t('roles.activate.unmet'),
                  t('roles.activate.first', { name: activation.activateFirst.displayName }),
                ] as const,
              ]),
        ]}
      />
    </PrivilegeCard>
  );
}

function CancelPending({ held, requestId }: { readonly held: EligiblePrivilege; readonly requestId: string }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const cancel = async () => {
    await send.mutateAsync({ method: 'POST', path: `${held.activation.activateAt.path}/${requestId}/cancel` });
    toast.done(t('roles.pending.canceled'));
  };
  return (
    <Confirm
      trigger={<Button>{t('roles.pending.cancel')}</Button>}
      title={t('roles.pending.cancel')}
      confirmLabel={t('roles.pending.cancel')}
      confirm={cancel}
    >
      {t('roles.pending.cancelText')}
    </Confirm>
  );
}
