import {
  Badge,
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { EligiblePrivilege } from '../../src/desk/privileges/contract.ts';
import { useSend } from '../api/queries.ts';
import { here, signInPath } from '../api/session.ts';
import { DateTimeField } from '../parts/date-time-field.tsx';
import { DurationField } from '../parts/duration-field.tsx';
import { RefusalNote } from '../parts/step-up.tsx';
import { useToast } from '../parts/toast.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { useEach } from '../parts/use-each.ts';
import { millisecondsOf, useWords } from '../words/use-words.ts';
import { keyOf } from './privilege-key.ts';

const useStyles = makeStyles({
  fields: { display: 'grid', gap: tokens.spacingVerticalM },
  several: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalXXS,
  },
  pair: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(160px, 1fr))',
  },
});

interface Props {
  readonly privileges: readonly EligiblePrivilege[];
  close(): void;
}

interface Answer {
  readonly status: string;
}

/**
 * Activates one or several privileges: asks for what their rules want, shows what the sign-in has yet to bring. Of
 * several, each is refused for itself: what was activated stays so, and another attempt is about the others.
 */
export function ActivateDialog({ privileges: all, close }: Props) {
  const styles = useStyles();
  const { t, duration } = useWords();
  const toast = useToast();
  const send = useSend<Answer>();
  const each = useEach<EligiblePrivilege>();
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const privileges = all.filter(({ privilege }) => !done.has(keyOf(privilege)));
  const shortest = shortestOf(privileges.map(({ activation }) => activation.maximumDuration));
  const { draft, change, forget } = useDraft(`activate:${all.map(({ privilege }) => keyOf(privilege)).join(',')}`, {
    duration: shortest,
    justification: '',
    ticketNumber: '',
    ticketSystem: '',
    start: '',
  });
  const wants = (property: 'isJustificationRequired' | 'isTicketRequired' | 'needsApproval') =>
    privileges.some(({ activation }) => activation[property]);
  const stepUp = stepUpOf(privileges);
  const isWorking = each.tried !== null;
  const isIncomplete =
    (wants('isJustificationRequired') && draft.justification.trim() === '') ||
    (wants('isTicketRequired') && draft.ticketNumber.trim() === '') ||
    draft.duration === '';

  const activate = async ({ privilege, activation }: EligiblePrivilege) => {
    const { status } = await send.mutateAsync({
      method: 'POST',
      path: activation.activateAt.path,
      body: { ...activation.activateAt.body, ...asked(draft) },
    });
    toast.done(t(saidOf(status), { name: privilege.displayName }));
    setDone((before) => new Set([...before, keyOf(privilege)]));
  };
  const go = async () => {
    try {
      await each.run(privileges, activate);
    } catch {
      // What was refused is said in the dialog, which stays.
      return;
    }
    forget();
    close();
  };

  return (
    <Dialog open onOpenChange={() => (isWorking ? undefined : close())}>
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>
            {all.length === 1
              ? t('roles.activate.title', { name: all[0]?.privilege.displayName ?? '' })
              : t('roles.activate.severalTitle', { count: privileges.length })}
          </DialogTitle>
          <DialogContent className={styles.fields}>
            {all.length === 1 ? null : <Several privileges={all} done={done} />}
            {wants('needsApproval') ? (
              <MessageBar layout="multiline">
                <MessageBarBody>
                  {t('roles.activate.approval', {
                    count: Math.min(
                      ...privileges.flatMap(({ activation }) =>
                        activation.needsApproval ? [activation.approvers] : [],
                      ),
                    ),
                  })}
                </MessageBarBody>
              </MessageBar>
            ) : null}
            {stepUp === null || each.failures.length > 0 ? null : (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  {t('roles.activate.unmet')}:{' '}
                  {stepUp.wants.map((one) => t(one.key, { detail: one.detail })).join(', ')}
                </MessageBarBody>
                <MessageBarActions>
                  <Button as="a" size="small" href={signInPath(here(), stepUp)}>
                    {t('roles.activate.prove')}
                  </Button>
                </MessageBarActions>
              </MessageBar>
            )}
            <DurationField
              label={t('roles.activate.duration')}
              hint={t('roles.activate.durationHint', { maximum: duration(shortest) })}
              units={['hours', 'minutes']}
              required
              value={draft.duration}
              change={(value) => change({ duration: value })}
            />
            <Field
              label={t('roles.activate.justification')}
              hint={t('roles.activate.justificationHint')}
              required={wants('isJustificationRequired')}
            >
              <Textarea
                value={draft.justification}
                onChange={(_event, { value }) => change({ justification: value })}
              />
            </Field>
            {wants('isTicketRequired') ? (
              <div className={styles.pair}>
                <Field label={t('roles.activate.ticketNumber')} required>
                  <Input value={draft.ticketNumber} onChange={(_event, { value }) => change({ ticketNumber: value })} />
                </Field>
                <Field label={t('roles.activate.ticketSystem')}>
                  <Input value={draft.ticketSystem} onChange={(_event, { value }) => change({ ticketSystem: value })} />
                </Field>
              </div>
            ) : null}
            <DateTimeField
              label={t('roles.activate.start')}
              hint={t('roles.activate.startHint')}
              value={draft.start}
              change={(start) => change({ start })}
            />
            {each.failures.map(({ item: { privilege }, fault }) => (
              <Refused key={keyOf(privilege)} name={all.length === 1 ? null : privilege.displayName} fault={fault} />
            ))}
          </DialogContent>
          <DialogActions>
            <Button disabledFocusable={isWorking} onClick={close}>
              {t('parts.cancel')}
            </Button>
            <Button
              appearance="primary"
              disabledFocusable={isWorking || isIncomplete}
              icon={isWorking ? <Spinner size="tiny" /> : undefined}
              onClick={() => {
                if (!isWorking && !isIncomplete) void go();
              }}
            >
              {t('roles.activate')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Which are activated together, and which of them have been. */
function Several({ privileges, done }: Pick<Props, 'privileges'> & { readonly done: ReadonlySet<string> }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <ul className={styles.several} aria-label={t('roles.activate.together')}>
      {privileges.map(({ privilege }) => (
        <li key={keyOf(privilege)}>
          {privilege.displayName}{' '}
          {done.has(keyOf(privilege)) ? (
            <Badge appearance="tint" color="success">
              {t('roles.activate.wasDone')}
            </Badge>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What was refused, and of several, which. */
function Refused({ name, fault }: { readonly name: string | null; readonly fault: unknown }) {
  const { t } = useWords();
  return (
    <div>
      {name === null ? null : <Text weight="semibold">{t('roles.activate.refused', { name })}</Text>}
      <RefusalNote error={fault} />
    </div>
  );
}

interface Wanted {
  readonly key: 'roles.unmet.mfa' | 'roles.unmet.authenticationContext';
  readonly detail: string;
}

/** What the sign-in has yet to bring, by the server's dry run; null if nothing. */
function stepUpOf(privileges: readonly EligiblePrivilege[]) {
  const unmet = privileges.flatMap(({ activation }) => activation.unmet);
  const context = unmet.find(({ requirement }) => requirement === 'authenticationContext')?.detail;
  const mfa = unmet.some(({ requirement }) => requirement === 'mfa');
  if (context === undefined && !mfa) return null;
  const wants: Wanted[] = [
    ...(mfa ? [{ key: 'roles.unmet.mfa', detail: '' } as const] : []),
    ...(context === undefined ? [] : [{ key: 'roles.unmet.authenticationContext', detail: context } as const]),
  ];
  return { mfa: true, wants, ...(context === undefined ? {} : { acrs: context }) };
}

function asked(draft: {
  readonly duration: string;
  readonly justification: string;
  readonly ticketNumber: string;
  readonly ticketSystem: string;
  readonly start: string;
}) {
  return {
    ...(draft.justification.trim() === '' ? {} : { justification: draft.justification.trim() }),
    ...(draft.ticketNumber.trim() === ''
      ? {}
      : { ticketInfo: { ticketNumber: draft.ticketNumber.trim(), ticketSystem: draft.ticketSystem.trim() } }),
    scheduleInfo: {
      ...(draft.start === '' ? {} : { startDateTime: draft.start }),
      expiration: { type: 'afterDuration', duration: draft.duration },
    },
  };
}

function saidOf(status: string) {
  if (status === 'PendingApproval') return 'roles.activate.pending';
  return status === 'Provisioned' ? 'roles.activate.done' : 'roles.activate.scheduled';
}

function shortestOf(durations: readonly string[]): string {
  return [...durations].sort((one, other) => millisecondsOf(one) - millisecondsOf(other))[0] ?? '';
}
