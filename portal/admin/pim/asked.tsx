import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { HourglassRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { type Collection, onePage, useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/page.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { Time } from '../../parts/time.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { type Mode, type Subject, type TimeRequest, waitingPath } from './wire.ts';

const useStyles = makeStyles({
  answers: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly subject: Subject;
  readonly mode: Mode;
  readonly mayAnswer: boolean;
}

/** Who asks for more time of what they have, or to have it again. Nothing is shown where nobody does. */
export function AskedTime({ subject, mode, mayAnswer }: Props) {
  const { t } = useWords();
  const query = useGet<Collection<TimeRequest>>(waitingPath(subject, mode));
  const waiting = query.data?.value ?? [];
  if (waiting.length === 0) return null;
  const columns: readonly Column<TimeRequest>[] = [
    {
      id: 'who',
      title: t('pim.who'),
      isPlain: true,
      cell: (one) => <Text weight="semibold">{nameOf(one)}</Text>,
    },
    { id: 'wish', title: t('pim.asked.wish'), cell: (one) => <Wish request={one} /> },
    { id: 'reason', title: t('pim.justification'), width: 'minmax(0, 2fr)', cell: (one) => one.justification ?? '' },
    { id: 'since', title: t('pim.asked.since'), cell: (one) => <Time at={one.createdDateTime} /> },
    {
      id: 'answer',
      title: t('pim.asked.answer'),
      width: 'minmax(190px, 1fr)',
      isPlain: true,
      cell: (one) => (mayAnswer ? <Answers request={one} /> : null),
    },
  ];
  return (
    <Section title={t(mode === 'eligible' ? 'pim.asked.eligible' : 'pim.asked.active')}>
      <Rows
        label={t(mode === 'eligible' ? 'pim.asked.eligible' : 'pim.asked.active')}
        pages={onePage(query, waiting)}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty icon={<HourglassRegular />} title={t('pim.asked.none')} />}
      />
    </Section>
  );
}

function nameOf({ principal, principalId }: TimeRequest): string {
  return principal?.displayName ?? principalId;
}

/** What is asked for: more of the same or the same again, and for how long. */
function Wish({ request: { action, scheduleInfo } }: { readonly request: TimeRequest }) {
  const { t, duration } = useWords();
  const { type, duration: length, endDateTime } = scheduleInfo.expiration;
  const what = t(action === 'selfRenew' ? 'pim.asked.renew' : 'pim.asked.extend');
  if (type === 'afterDuration' && length) return t('pim.asked.for', { what, duration: duration(length) });
  if (type === 'afterDateTime' && endDateTime) {
    return (
      <>
        {what}, {t('pim.asked.until')} <Time at={endDateTime} as="short" />
      </>
    );
  }
  return t('pim.asked.forEver', { what });
}

function Answers({ request }: { readonly request: TimeRequest }) {
  const styles = useStyles();
  return (
    <div className={styles.answers}>
      <Answer request={request} as="approve" />
      <Answer request={request} as="deny" />
    </div>
  );
}

function Answer({ request, as }: { readonly request: TimeRequest; readonly as: 'approve' | 'deny' }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [justification, setJustification] = useState('');
  const answer = async () => {
    const path = `/sallyport/scheduleRequests/${request.id}/${as}`;
    await send.mutateAsync({ method: 'POST', path, body: { justification: justification.trim() } });
    toast.done(t(`pim.done.${as}`, { name: nameOf(request) }));
  };
  return (
    <Confirm
      trigger={
        <Button size="small" appearance={as === 'approve' ? 'primary' : 'secondary'}>
          {t(`pim.asked.${as}`)}
        </Button>
      }
      title={t(`pim.asked.${as}.title`, { name: nameOf(request) })}
      confirmLabel={t(`pim.asked.${as}`)}
      isIncomplete={justification.trim() === ''}
      confirm={answer}
    >
      <Text>
        <Wish request={request} />
      </Text>
      <Field label={t('pim.justification')} required>
        <Textarea value={justification} onChange={(_event, { value }) => setJustification(value)} />
      </Field>
    </Confirm>
  );
}
