import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ApprovalCase } from '../../src/desk/approvals/contract.ts';
import { useTerms } from '../packages/terms.ts';
import { type Fact, Facts } from '../parts/facts.tsx';
import { Section } from '../parts/page.tsx';
import { Person } from '../parts/people.tsx';
import { Time } from '../parts/time.tsx';
import { useRequestKind } from '../requests/request-kind.ts';
import { useBecause } from '../roles/ways.tsx';
import { useWords } from '../words/use-words.ts';
import { CorrectAnswers } from './correct-answers.tsx';
import { said } from './not-yours.tsx';

const useStyles = makeStyles({
  said: { whiteSpace: 'pre-wrap' },
  person: { display: 'grid', gap: '2px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  term: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'baseline' },
});

/** What is asked for: access to a package, more time, an activation. */
export function useKind() {
  const { t } = useWords();
  const kindOf = useRequestKind();
  return ({ kind, what, request }: Pick<ApprovalCase, 'kind' | 'what' | 'request'>): string => {
    if (kind === 'accessPackage') return kindOf(request.type);
    return t(what.type === 'role' ? 'approvals.kind.role' : 'approvals.kind.group');
  };
}

/** Who asks, for whom, why, with which answers, for how long, and until when they would have it. */
export function CaseFacts({ of }: { readonly of: ApprovalCase }) {
  const styles = useStyles();
  const { t } = useWords();
  const { lasting } = useTerms();
  const { requestor, target, request, answers, mayDecide } = of;
  const ticket = [request.ticketSystem, request.ticketNumber].filter((one) => one !== null && one !== '').join(' ');
  const facts: readonly Fact[] = [
    [t('approvals.requestor'), <Somebody key="by" person={requestor} />],
    ...(target === null ? [] : [[t('approvals.target'), <Somebody key="for" person={target} />] as const]),
    [
      t('approvals.justification'),
      request.justification === null || request.justification === '' ? (
        <Text key="why" className={styles.quiet}>
          {t('approvals.noJustification')}
        </Text>
      ) : (
        <span key="why" className={styles.said}>
          {request.justification}
        </span>
      ),
    ],
    ...answers.map(
      ({ questionId, text, value, displayValue }) =>
        [
          text,
          value === null ? (
            <Text key={questionId} className={styles.quiet}>
              {t('approvals.noAnswer')}
            </Text>
          ) : (
            <span key={questionId} className={styles.said}>
              {displayValue ?? value}
            </span>
          ),
        ] as const,
    ),
    ...(ticket === '' ? [] : [[t('approvals.ticket'), ticket] as const]),
    [t('approvals.submitted'), <Time key="at" at={request.createdDateTime} as="short" />],
    ...(request.startDateTime === null
      ? []
      : [[t('approvals.starts'), <Time key="start" at={request.startDateTime} as="short" />] as const]),
    [
      t('approvals.lasts'),
      request.expiration.type === 'notSpecified' ? t('approvals.lastsByPolicy') : lasting(request.expiration),
    ],
    ...(of.access === null ? [] : [[t(accessTitle(of)), <Access key="access" access={of.access} />] as const]),
  ];
  const canCorrect = mayDecide.isPossible && answers.some(({ isEditable }) => isEditable);
  return (
    <Section title={t('approvals.case.request')} actions={canCorrect ? <CorrectAnswers of={of} /> : undefined}>
      <Facts facts={facts} />
    </Section>
  );
}

function accessTitle({ state }: ApprovalCase) {
  return state === 'pending' ? 'approvals.accessIfNow' : 'approvals.access';
}

function Somebody({ person }: { readonly person: ApprovalCase['requestor'] }) {
  const styles = useStyles();
  const { t } = useWords();
  const { displayName, userPrincipalName, jobTitle, manager } = person;
  const more = [jobTitle, userPrincipalName].filter((one) => one !== null).join(' · ');
  return (
    <span className={styles.person}>
      <Person name={displayName} />
      {more === '' ? null : (
        <Text size={200} className={styles.quiet}>
          {more}
        </Text>
      )}
      <Text size={200} className={styles.quiet}>
        {manager === null ? t('approvals.noManager') : t('approvals.manager', { name: manager.displayName })}
      </Text>
    </span>
  );
}

function Access({ access }: { readonly access: NonNullable<ApprovalCase['access']> }) {
  const styles = useStyles();
  const { t } = useWords();
  const because = useBecause();
  const { isPossible, startDateTime, endDateTime, endsBecause } = access;
  if (!isPossible) {
    return (
      <span className={styles.term}>
        <Badge appearance="tint" color="danger">
          {t('approvals.accessImpossible')}
        </Badge>
        <Text>{said(access)}</Text>
      </span>
    );
  }
  return (
    <span className={styles.person}>
      <span>
        {startDateTime === null ? null : <Time at={startDateTime} as="short" />} –{' '}
        {endDateTime === null ? t('access.noEnd') : <Time at={endDateTime} as="short" />}
      </span>
      {endDateTime === null || endsBecause.reason === 'unknown' ? null : (
        <Text size={200} className={styles.quiet}>
          {t('approvals.because', { why: because(endsBecause) })}
        </Text>
      )}
    </span>
  );
}
