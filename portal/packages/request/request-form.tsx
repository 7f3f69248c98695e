import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { SendRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Explanation } from '../../../src/entitlements/explain/contract.ts';
import { useSend } from '../../api/queries.ts';
import { DateTimeField } from '../../parts/date-time-field.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { RefusalNote } from '../../parts/step-up.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { useTerms } from '../terms.ts';
import { type AssignmentRequest, entitlements, type Requirements } from '../wire.ts';
import { answered, bodyOf, type useWish, type Wish } from './draft.ts';
import { QuestionField } from './question-field.tsx';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalL },
  pair: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly packageId: string;
  readonly wish: ReturnType<typeof useWish>;
  readonly requirements: Requirements;
  readonly explanation: Explanation;
}

/** What the policy asks for, and the way to send it. What is missing the server has said before. */
export function RequestForm({ packageId, wish: { draft, change, forget }, requirements, explanation }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { lasting } = useTerms();
  const toast = useToast();
  const navigate = useNavigate();
  const send = useSend<AssignmentRequest>();
  const form = useRef<HTMLFormElement>(null);
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const lacking = new Set(stillMissing(explanation, draft));
  const said = useSaid(refusal, draft, requirements);
  useFocusOnFault(form, isTried, refusal);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (send.isPending) return;
    setTried(true);
    setRefusal(null);
    if (lacking.size > 0) return;
    try {
      const body = bodyOf(packageId, draft, requirements);
      const { id, state } = await send.mutateAsync({
        method: 'POST',
        path: `${entitlements}/assignmentRequests`,
        body,
      });
      forget();
      toast.done(t(state === 'delivered' ? 'access.sent.delivered' : 'access.sent'));
      await navigate({ to: `/requests/${id}` });
    } catch (fault) {
      setRefusal(fault);
    }
  };
  const missing = (key: string) => (isTried && lacking.has(key) ? t('access.answerMissing') : undefined);

  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      {requirements.questions
        .toSorted((one, other) => one.sequence - other.sequence)
        .map((question) => (
          <QuestionField
            key={question.id}
            question={question}
            value={draft.answers[question.id] ?? ''}
            error={said.of(question.id) ?? missing(question.id)}
            change={(value) => change({ answers: { ...draft.answers, [question.id]: value } })}
          />
        ))}
      <Field
        label={t('access.justification')}
        hint={t('access.justificationHint')}
        required={requirements.isRequestorJustificationRequired}
        validationMessage={said.at('justification') ?? missing('justification')}
      >
        <Textarea
          value={draft.justification}
          rows={3}
          resize="vertical"
          onChange={(_event, { value }) => change({ justification: value })}
        />
      </Field>
      {requirements.allowCustomAssignmentSchedule ? (
        <div className={styles.pair}>
          <DateTimeField
            label={t('access.start')}
            hint={t('access.startHint')}
            value={draft.start}
            error={said.at('schedule/startDateTime')}
            change={(start) => change({ start })}
          />
          <DateTimeField
            label={t('access.end')}
            hint={t('access.endHint', { lasting: lasting(requirements.schedule.expiration) })}
            value={draft.end}
            error={said.at('schedule/expiration')}
            change={(end) => change({ end })}
          />
        </div>
      ) : (
        <Text className={styles.quiet}>
          {t('access.lasts', { lasting: lasting(requirements.schedule.expiration) })}
        </Text>
      )}
      {isTried && lacking.size > 0 ? (
        <MessageBar intent="error" role="alert">
          <MessageBarBody>{t('access.missing', { count: lacking.size })}</MessageBarBody>
        </MessageBar>
      ) : null}
      {refusal === null ? null : <RefusalNote error={refusal} />}
      <div className={styles.actions}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={send.isPending || !explanation.canRequest}
          icon={send.isPending ? <Spinner size="tiny" /> : <SendRegular />}
        >
          {t('access.submit')}
        </Button>
        <Text size={200} className={styles.quiet}>
          {t('access.kept')}
        </Text>
      </div>
    </form>
  );
}

/** What the server has said that the request must bring, and that is not there yet. */
function stillMissing({ missing }: Explanation, draft: Wish): string[] {
  return missing.flatMap(({ property, questionId }) => {
    if (questionId !== null) return (draft.answers[questionId] ?? '').trim() === '' ? [questionId] : [];
    return property === 'justification' && draft.justification.trim() === '' ? ['justification'] : [];
  });
}

/** What the server has said about a field: answers are named by where they stood in what was sent. */
function useSaid(refusal: unknown, draft: Wish, { questions }: Requirements) {
  const faults = faultsOf(refusal);
  const sent = answered(draft, questions);
  return {
    at: (path: string) => saidAt(faults, path),
    of: (questionId: string) => {
      const index = sent.findIndex(({ id }) => id === questionId);
      return index === -1 ? undefined : saidAt(faults, `answers/${index}`);
    },
  };
}

/** Who sends what is not right is brought to the first field that is not. */
function useFocusOnFault(form: React.RefObject<HTMLFormElement | null>, isTried: boolean, refusal: unknown): void {
  useEffect(() => {
    if (!isTried && refusal === null) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const place = wrong?.matches('[role="radiogroup"]') ? wrong.querySelector<HTMLElement>('input') : wrong;
    place?.focus();
  }, [form, isTried, refusal]);
}
