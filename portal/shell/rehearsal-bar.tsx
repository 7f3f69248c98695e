import { Button, Link, makeStyles, Text, Tooltip, tokens } from '@fluentui/react-components';
import { ClockRegular, FastForwardRegular, MailRegular, PlayRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Me } from '../api/me.ts';
import { useGet, useSend } from '../api/queries.ts';
import { useToast } from '../parts/toast.tsx';
import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';
import { type ToldTime, useNow } from './now.tsx';

interface RehearsalClock extends ToldTime {
  readonly next: { readonly at: string } | null;
}

/** The rehearsal's clock; null on a server that governs for real. */
export function useRehearsalClock(me: Me | undefined): RehearsalClock | null {
  const { data } = useGet<RehearsalClock>('/rehearsal/clock', { enabled: me?.isRehearsal === true });
  return data ?? null;
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorPaletteYellowBackground1,
    color: tokens.colorNeutralForeground1,
    borderBottom: `1px solid ${tokens.colorPaletteYellowBorder1}`,
    // It narrows with the window: a page of 360 px still shows everything.
    '& button': { minWidth: 'unset' },
  },
  time: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, marginInlineEnd: 'auto' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const jumps: readonly { readonly by: string; readonly label: MessageKey }[] = [
  { by: 'PT1H', label: 'shell.rehearsal.hour' },
  { by: 'PT8H', label: 'shell.rehearsal.hours' },
  { by: 'PT24H', label: 'shell.rehearsal.day' },
];

/** Governance time, how to move it, and the way to the mailbox. */
export function RehearsalBar({ clock }: { readonly clock: RehearsalClock }) {
  const styles = useStyles();
  const { t, exactly, shortly } = useWords();
  const toast = useToast();
  const send = useSend<ToldTime>();
  const [moving, setMoving] = useState<string | null>(null);
  const now = new Date(useNow()).toISOString();
  const move = async (body: object, name: string) => {
    setMoving(name);
    try {
      const moved = await send.mutateAsync({ method: 'POST', path: '/rehearsal/clock', body });
      toast.done(t('shell.rehearsal.moved', { now: exactly(moved.now) }));
    } catch (fault) {
      toast.failed(fault);
    } finally {
      setMoving(null);
    }
  };
  return (
    <aside className={styles.bar} aria-label={t('shell.rehearsal.bar')}>
      <span className={styles.time}>
        <ClockRegular />
        <Text weight="semibold">{t('shell.rehearsal.name')}</Text>
        <Tooltip content={exactly(now)} relationship="description">
          <time dateTime={now}>{shortly(now)}</time>
        </Tooltip>
        <Text size={200} className={styles.quiet}>
          {t(clock.isRunning ? 'shell.rehearsal.running' : 'shell.rehearsal.standing')}
        </Text>
      </span>
      {jumps.map(({ by, label }) => (
        <Button
          key={by}
          size="small"
          disabledFocusable={moving !== null}
          aria-label={t('shell.rehearsal.advance', { by: t(label) })}
          onClick={() => void move({ advance: by }, by)}
        >
          {t(label)}
        </Button>
      ))}
      <Button
        size="small"
        icon={<FastForwardRegular />}
        disabledFocusable={moving !== null}
        onClick={() => void move({ advanceTo: 'nextDeadline' }, 'next')}
      >
        {t('shell.rehearsal.next')}
      </Button>
      {clock.isRunning ? null : (
        <Button
          size="small"
          icon={<PlayRegular />}
          disabledFocusable={moving !== null}
          onClick={() => void move({ run: true }, 'run')}
        >
          {t('shell.rehearsal.run')}
        </Button>
      )}
      <Link href="/rehearsal/mailbox">
        <MailRegular /> {t('shell.rehearsal.mailbox')}
      </Link>
    </aside>
  );
}
