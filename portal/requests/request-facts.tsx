import { makeStyles } from '@fluentui/react-components';
import { useTerms } from '../packages/terms.ts';
import type { AssignmentRequest } from '../packages/wire.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { type Fact, Facts } from '../parts/facts.tsx';
import { Person } from '../parts/people.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({ said: { whiteSpace: 'pre-wrap' } });

/** What was asked for, by whom, why and with which answers. */
export function RequestFacts({ request }: { readonly request: AssignmentRequest }) {
  const styles = useStyles();
  const { t } = useWords();
  const { lasting } = useTerms();
  const { assignment, requestor, justification, answers, schedule } = request;
  const questions = assignment?.assignmentPolicy?.questions ?? [];
  const facts: Fact[] = [
    ...(assignment?.target
      ? [[t('access.forWhom'), <Person key="for" name={assignment.target.displayName} />] as const]
      : []),
    ...(requestor ? [[t('access.requestedBy'), <Person key="by" name={requestor.displayName} />] as const] : []),
    [t('access.requestedAt'), <Time key="at" at={request.createdDateTime} as="short" />],
    ...(assignment?.assignmentPolicy
      ? [[t('access.policyName'), assignment.assignmentPolicy.displayName] as const]
      : []),
    ...(schedule?.startDateTime
      ? [[t('access.start'), <Time key="start" at={schedule.startDateTime} as="short" />] as const]
      : []),
    ...(schedule ? [[t('access.howLong'), lasting(schedule.expiration)] as const] : []),
    [
      t('access.justification'),
      justification ? (
        <span key="why" className={styles.said}>
          {justification}
        </span>
      ) : (
        t('access.noJustification')
      ),
    ],
    ...answers.map(
      ({ answeredQuestion, displayValue, value }) =>
        [
          questions.find(({ id }) => id === answeredQuestion.id)?.text ?? t('access.answer'),
          <span key={answeredQuestion.id} className={styles.said}>
            {displayValue ?? value}
          </span>,
        ] as const,
    ),
    [
      t('access.requestId'),
      <CopyButton key="id" text={request.id} label={request.id} size="small" appearance="subtle" />,
    ],
  ];
  return <Facts facts={facts} />;
}
