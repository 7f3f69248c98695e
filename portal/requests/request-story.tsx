import { makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkRegular,
  ClockRegular,
  DismissRegular,
  DocumentRegular,
  HourglassRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import { useGet } from '../api/queries.ts';
import { type AssignmentRequest, entitlements } from '../packages/wire.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { type StepEntry, StepsLine } from '../parts/steps-line.tsx';
import { Time } from '../parts/time.tsx';
import { type Speech, useWords } from '../words/use-words.ts';

/** `approvalStage`. */
interface Stage {
  readonly id: string;
  readonly justification: string;
  readonly reviewResult: string;
  readonly reviewedBy: { readonly displayName: string | null } | null;
  readonly reviewedDateTime: string | null;
  readonly status: 'InProgress' | 'Initializing' | 'Completed' | 'Expired';
}

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
});

/** The way of a request, from its making to what came of it. */
export function RequestStory({ request }: { readonly request: AssignmentRequest }) {
  const { t } = useWords();
  const { data, error, refetch } = useGet<{ readonly stages: readonly Stage[] }>(
    `${entitlements}/accessPackageAssignmentApprovals/${request.id}?$expand=stages`,
  );
  const made: StepEntry = {
    id: 'made',
    standing: 'done',
    mark: <DocumentRegular />,
    title: t('access.story.requested', { name: request.requestor?.displayName ?? '' }),
    content: <Quiet at={request.createdDateTime} />,
  };
  const step = useStep(request);
  const outcome = useOutcome(request);
  const isNone = error?.status === 404;
  if (error !== null && !isNone) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined && !isNone) return <Loading />;
  const stages = data?.stages ?? [];
  return <StepsLine label={t('access.story')} steps={[made, ...stages.map(step), ...outcome]} />;
}

function Quiet({ at }: { readonly at: string }) {
  const styles = useStyles();
  return (
    <Text size={200} className={styles.quiet}>
      <Time at={at} as="short" />
    </Text>
  );
}

function useStep({ state }: AssignmentRequest) {
  const { t } = useWords();
  return (stage: Stage, index: number): StepEntry => {
    const number = index + 1;
    const { id, status, reviewedBy } = stage;
    if (reviewedBy !== null) return decided(stage, number, t);
    if (status === 'Expired') {
      const title = t('access.story.timedOut', { stage: number });
      return { id, standing: 'bad', mark: <HourglassRegular />, title };
    }
    if (state !== 'pendingApproval') {
      return {
        id,
        standing: 'quiet',
        mark: <SubtractRegular />,
        title: t('access.story.notReached', { stage: number }),
      };
    }
    return status === 'InProgress'
      ? { id, standing: 'now', mark: <ClockRegular />, title: t('access.story.waits', { stage: number }) }
      : { id, standing: 'ahead', mark: number, title: t('access.story.ahead', { stage: number }) };
  };
}

function decided(stage: Stage, number: number, t: Speech['t']): StepEntry {
  const isApproval = stage.reviewResult.startsWith('Approv');
  const said = { stage: number, name: stage.reviewedBy?.displayName ?? '' };
  return {
    id: stage.id,
    standing: isApproval ? 'done' : 'bad',
    mark: isApproval ? <CheckmarkRegular /> : <DismissRegular />,
    title: t(isApproval ? 'access.story.approved' : 'access.story.denied', said),
    content: <Decision stage={stage} />,
  };
}

function Decision({ stage: { reviewedDateTime, justification } }: { readonly stage: Stage }) {
  const styles = useStyles();
  return (
    <>
      {reviewedDateTime === null ? null : <Quiet at={reviewedDateTime} />}
      {justification === '' ? null : <Text className={styles.said}>“{justification}”</Text>}
    </>
  );
}

/** What came of it, or will. */
function useOutcome(request: AssignmentRequest): StepEntry[] {
  const { t } = useWords();
  const { state, completedDateTime, assignment } = request;
  const at = completedDateTime === null ? null : <Quiet at={completedDateTime} />;
  switch (state) {
    case 'delivered':
      return [
        {
          id: 'outcome',
          standing: assignment?.state === 'expired' ? 'quiet' : 'done',
          mark: <CheckmarkRegular />,
          title: t('access.story.delivered'),
          content: at,
        },
      ];
    case 'canceled':
      return [
        { id: 'outcome', standing: 'quiet', mark: <DismissRegular />, title: t('access.story.canceled'), content: at },
      ];
    case 'deliveryFailed':
      return [
        { id: 'outcome', standing: 'bad', mark: <DismissRegular />, title: t('access.story.failed'), content: at },
      ];
    case 'denied':
      return [];
    default:
      return [{ id: 'outcome', standing: 'ahead', mark: <CheckmarkRegular />, title: t('access.thenYouHaveIt') }];
  }
}
