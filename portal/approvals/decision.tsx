import { Button, Field, makeStyles, Spinner, Text, Textarea, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { ApprovalCase, ApprovalStageSeen } from '../../src/desk/approvals/contract.ts';
import { ApiError } from '../api/errors.ts';
import { useSend } from '../api/queries.ts';
import { Section } from '../parts/page.tsx';
import { RefusalNote } from '../parts/step-up.tsx';
import { Time } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { useWords } from '../words/use-words.ts';
import { CannotApprove, NotYours, Overtaken } from './not-yours.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/**
 * Approves or denies, with a reason. Whoever decides second is told what the first decided, as a fact about the request
 * and not as their failing, whether they hear of it before or after they press.
 */
export function Decision({ of }: { readonly of: ApprovalCase }) {
  const { user, stage, settle } = useOwnStage(of);
  if (stage !== null && of.decideAt !== null) {
    return <Form of={of} stage={stage} path={of.decideAt.path} settle={settle} />;
  }
  if (user.overtakenBy !== null) return <Overtaken decision={user.overtakenBy} />;
  return of.state === 'pending' ? <NotYours of={of} /> : null;
}

/**
 * The stage that is this person's to decide; null if none is. Remembers which was while the page is open: if it is
 * decided and not by them, they are told by whom.
 */
function useOwnStage(of: ApprovalCase) {
  const isMine = of.mayDecide.isPossible;
  const current = of.stages.find(({ state }) => state === 'current');
  const stage = isMine && current !== undefined ? current : null;
  const last = useRef<string | null>(null);
  const settled = useRef<string | null>(null);
  if (stage !== null) last.current = stage.id;
  const was = of.stages.find(({ id }) => id === last.current);
  const overtakenBy = stage === null && settled.current !== last.current ? (was?.decision ?? null) : null;
  // What had the focus is gone with the form: the focus goes to the page, never nowhere.
  useEffect(() => {
    if (stage === null && last.current !== null && document.activeElement === document.body) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }, [stage]);
  return {
    stage,
    user: { overtakenBy },
    settle: () => {
      settled.current = last.current;
    },
  };
}

interface FormProps {
  readonly of: ApprovalCase;
  readonly stage: ApprovalStageSeen;
  readonly path: string;
  /** The person's own decision about the stage was taken. */
  settle(): void;
}

type Result = 'Approve' | 'Deny';

function Form({ of, stage, path, settle }: FormProps) {
  const styles = useStyles();
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const { draft, change, forget } = useDraft(`decision:${of.id}:${stage.id}`, { reason: '' });
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  const [sent, setSent] = useState<Result | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const decide = async (reviewResult: Result) => {
    if (sent !== null) return;
    const justification = draft.reason.trim();
    if (of.isJustificationRequired && justification === '') {
      setMissing(true);
      field.current?.focus();
      return;
    }
    setSent(reviewResult);
    setError(null);
    try {
      await send.mutateAsync({ method: 'PATCH', path, body: { reviewResult, justification } }, { onSuccess: settle });
      forget();
      toast.done(t(reviewResult === 'Approve' ? 'approvals.approved' : 'approvals.denied'));
    } catch (fault) {
      // Somebody else was faster: the page, read anew, says what they decided.
      if (!(fault instanceof ApiError && fault.status === 409)) setError(fault);
    } finally {
      setSent(null);
    }
  };
  return (
    <Section title={t('approvals.decide')}>
      <Deadline stage={stage} />
      <CannotApprove of={of} />
      <Field
        label={t('approvals.reason')}
        hint={t('approvals.reasonHint')}
        required={of.isJustificationRequired}
        validationMessage={missing && draft.reason.trim() === '' ? t('approvals.reasonMissing') : undefined}
      >
        <Textarea
          ref={field}
          rows={3}
          resize="vertical"
          value={draft.reason}
          onChange={(_event, { value }) => change({ reason: value })}
        />
      </Field>
      {error === null ? null : <RefusalNote error={error} />}
      <div className={styles.actions}>
        <Button
          appearance="primary"
          icon={sent === 'Approve' ? <Spinner size="tiny" /> : <CheckmarkRegular />}
          disabledFocusable={sent !== null || !of.mayApprove.isPossible}
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

function Deadline({ stage: { deadline } }: { readonly stage: ApprovalStageSeen }) {
  const styles = useStyles();
  const { t } = useWords();
  if (deadline === null) return null;
  return (
    <Text className={styles.quiet}>
      {t('approvals.decideUntil')} <Time at={deadline} as="short" /> · <Time at={deadline} as="left" />
    </Text>
  );
}
