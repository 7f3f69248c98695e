import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { ApiError } from '../api/errors.ts';
import { useSend } from '../api/queries.ts';
import { Section } from '../parts/page.tsx';
import { RefusalNote } from '../parts/step-up.tsx';
import { useToast } from '../parts/toast.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { useWords } from '../words/use-words.ts';
import { type Kind, places, type Stage } from './wire.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalS },
});

interface Props {
  readonly kind: Kind;
  readonly id: string;
  /** The stage that is this person's to decide; undefined if none is. */
  readonly stage: Stage | undefined;
}

/**
 * Approves or denies, with a reason. Whoever decides second is told so, as a fact about the request and not as their
 * failing: what the first decided is then on the page already, for everything was read again.
 */
export function Decision({ kind, id, stage }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const { draft, change, forget } = useDraft(`decision:${id}`, { reason: '' });
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState<'Approve' | 'Deny' | null>(null);
  const isOvertaken = error instanceof ApiError && error.status === 409;
  const decide = async (reviewResult: 'Approve' | 'Deny') => {
    if (stage === undefined || sent !== null) return;
    setSent(reviewResult);
    setError(null);
    const { approvals, stages } = places[kind];
    try {
      await send.mutateAsync({
        method: 'PATCH',
        path: `${approvals}/${id}/${stages}/${stage.id}`,
        body: { reviewResult, justification: draft.reason.trim() },
      });
      forget();
      change({ reason: '' });
      toast.done(t(reviewResult === 'Approve' ? 'approvals.approved' : 'approvals.denied'));
    } catch (fault) {
      setError(fault);
    } finally {
      setSent(null);
    }
  };
  if (stage === undefined) {
    return isOvertaken ? (
      <MessageBar intent="info" layout="multiline" role="status">
        <MessageBarBody>
          <MessageBarTitle>{t('approvals.overtaken')}</MessageBarTitle>
          {t('approvals.overtakenText')}
        </MessageBarBody>
      </MessageBar>
    ) : null;
  }
  return (
    <Section title={t('approvals.decide')}>
      <Field label={t('approvals.reason')} hint={t('approvals.reasonHint')}>
        <Textarea value={draft.reason} onChange={(_event, { value }) => change({ reason: value })} />
      </Field>
      {error === null ? null : <RefusalNote error={error} />}
      <div className={styles.actions}>
        <Button
          appearance="primary"
          icon={sent === 'Approve' ? <Spinner size="tiny" /> : <CheckmarkRegular />}
          disabledFocusable={sent !== null}
          onClick={() => void decide('Approve')}
        >
          {t('approvals.approve')}
        </Button>
        <Button
          icon={sent === 'Deny' ? <Spinner size="tiny" /> : <DismissRegular />}
          disabledFocusable={sent !== null}
          onClick={() => void decide('Deny')}
        >
          {t('approvals.deny')}
        </Button>
      </div>
    </Section>
  );
}
