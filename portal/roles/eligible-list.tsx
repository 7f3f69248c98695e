import { Badge, Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import type { EligiblePrivilege } from '../../src/desk/privileges/contract.ts';
import { Facts } from '../parts/facts.tsx';
import { Time } from '../parts/time.tsx';
import { useAddress } from '../parts/use-address.ts';
import { inOneLine } from '../words/refusals.ts';
import { useWords } from '../words/use-words.ts';
import { PrivilegeCard } from './privilege-card.tsx';
import { keyOf } from './privilege-key.ts';
import { useBecause, WayLine } from './ways.tsx';

// Loaded when somebody activates: the list comes sooner without it.
const ActivateDialog = lazy(async () => ({ default: (await import('./activate-dialog.tsx')).ActivateDialog }));

const AskForTime = lazy(async () => ({ default: (await import('./ask-for-time.tsx')).AskForTime }));
const CancelPending = lazy(async () => ({ default: (await import('./cancel-pending.tsx')).CancelPending }));

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
        <Suspense>
          <ActivateDialog privileges={activating} close={() => address.set({ activate: '' })} />
        </Suspense>
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
      choice={choice}
      badges={isActive ? <Badge color="success">{t('roles.alreadyActive')}</Badge> : null}
      actions={
        <Suspense>
          {activation.pendingRequest === null ? (
            <Button
              appearance="primary"
              disabledFocusable={!canActivate(held)}
              title={activation.blocker === null ? '' : inOneLine(activation.blocker)}
              onClick={() => {
                if (canActivate(held)) activate();
              }}
            >
              {t('roles.activate')}
            </Button>
          ) : (
            <CancelPending path={`${activation.activateAt.path}/${activation.pendingRequest.id}/cancel`} />
          )}
          {extension.isPossible ? (
            <AskForTime name={privilege.displayName} kind="extend" at={extension.at} ends={held.endDateTime} />
          ) : null}
        </Suspense>
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
            : [[t('roles.blocker'), inOneLine(activation.blocker)] as const]),
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
