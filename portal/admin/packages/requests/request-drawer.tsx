import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  Text,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { ApprovalCase } from '../../../../src/desk/approvals/contract.ts';
import { type Collection, useGet } from '../../../api/queries.ts';
import { CaseStages } from '../../../approvals/case-stages.tsx';
import { type Fact, Facts } from '../../../parts/facts.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { StandingBadge, standingOf } from '../../../parts/standing.tsx';
import { RefusalNote } from '../../../parts/step-up.tsx';
import { StoryLink } from '../../../parts/story-link.tsx';
import { Time } from '../../../parts/time.tsx';
import { useWords } from '../../../words/use-words.ts';
import type { Policy } from '../../policy/wire.ts';
import { entitlements, type WholePackage } from '../../wire.ts';
import { RequestActions } from './request-actions.tsx';
import { type AssignmentRequest, calledOf } from './wire.ts';

const useStyles = makeStyles({
  drawer: { width: 'min(100vw, 560px)' },
  part: { display: 'grid', gap: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalXL },
  heading: { margin: 0 },
  foot: { flexWrap: 'wrap' },
});

interface Props {
  readonly accessPackage: WholePackage;
  /** `''` shows none. */
  readonly requestId: string;
  close(): void;
}

/** One request: what was asked, who decided what, and what may be done about it. */
export function RequestDrawer({ accessPackage, requestId, close }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  // Where the focus goes when an action is done and its button is gone: outside, the drawer would be hidden from readers.
  const rest = useRestoreFocusTarget();
  return (
    <OverlayDrawer
      position="end"
      className={styles.drawer}
      open={requestId !== ''}
      onOpenChange={(_event, { open }) => {
        if (!open) close();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              {...rest}
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={t('parts.close')}
              onClick={close}
            />
          }
        >
          {t('requests-admin.one')}
        </DrawerHeaderTitle>
      </DrawerHeader>
      {requestId === '' ? null : <Whole accessPackage={accessPackage} requestId={requestId} close={close} />}
    </OverlayDrawer>
  );
}

function Whole({ accessPackage, requestId, close }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { data: request, error } = useGet<AssignmentRequest>(
    `${entitlements}/assignmentRequests/${requestId}?$expand=requestor,assignment($expand=target)`,
  );
  const { data: approval } = useGet<ApprovalCase>(`/sallyport/approvals/${requestId}`);
  if (request === undefined)
    return <DrawerBody>{error === null ? <Loading /> : <RefusalNote error={error} />}</DrawerBody>;
  return (
    <>
      <DrawerBody>
        <section className={styles.part} aria-label={t('requests-admin.asked')}>
          <Asked accessPackage={accessPackage} request={request} />
        </section>
        <section className={styles.part}>
          <Text as="h3" weight="semibold" className={styles.heading}>
            {t('requests-admin.history')}
          </Text>
          {approval === undefined ? <Text>{t('requests-admin.noApproval')}</Text> : <CaseStages of={approval} />}
        </section>
      </DrawerBody>
      <DrawerFooter className={styles.foot}>
        <RequestActions request={request} deleted={close} />
        <StoryLink of={request.id} />
      </DrawerFooter>
    </>
  );
}

interface AskedProps {
  readonly accessPackage: WholePackage;
  readonly request: AssignmentRequest;
}

function Asked({ accessPackage, request }: AskedProps) {
  const { t, duration } = useWords();
  const { data: policies } = useGet<Collection<Policy>>(
    `${entitlements}/accessPackages/${accessPackage.id}/assignmentPolicies`,
  );
  const questions = new Map(
    (policies?.value ?? []).flatMap((policy) => (policy.questions ?? []).map(({ id, text }) => [id, text] as const)),
  );
  const { schedule } = request;
  const end = schedule?.expiration;
  const facts: Fact[] = [
    [t('requests-admin.state'), <StandingBadge key="state" standing={standingOf(request)} />],
    [t('requests-admin.type'), t(`requests-admin.type.${request.requestType}`)],
    [t('requests-admin.requestor'), calledOf(request.requestor)],
    [t('requests-admin.for'), calledOf(request.assignment?.target)],
    [t('requests-admin.created'), <Time key="created" at={request.createdDateTime} />],
    ...(request.completedDateTime === null
      ? []
      : [[t('requests-admin.completed'), <Time key="completed" at={request.completedDateTime} />] as const]),
    [t('assignments.justification'), request.justification ?? t('parts.none')],
    ...request.answers.map(
      ({ answeredQuestion: { id, text }, value, displayValue }): Fact => [
        questions.get(id) ?? text ?? t('requests-admin.answer'),
        displayValue ?? value,
      ],
    ),
    ...(schedule?.startDateTime
      ? [[t('assignments.start'), <Time key="start" at={schedule.startDateTime} as="short" />] as const]
      : []),
    ...(end?.endDateTime ? [[t('assignments.end'), <Time key="end" at={end.endDateTime} as="short" />] as const] : []),
    ...(end?.duration ? [[t('requests-admin.lasting'), duration(end.duration)] as const] : []),
    [t('catalogs.id'), <code key="id">{request.id}</code>],
  ];
  return <Facts facts={facts} />;
}
