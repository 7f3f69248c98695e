import { makeStyles, tokens } from '@fluentui/react-components';
import { useNames } from '../../api/names.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Time } from '../../parts/time.tsx';
import { useWords } from '../../words/use-words.ts';
import type { PolicyDraft, StageDraft, SubjectSet } from './draft.ts';
import { useRelationWords } from './form.tsx';
import { idsIn, pickedOf } from './people.ts';
import { isApproved } from './wire.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, display: 'grid', gap: tokens.spacingVerticalXS },
});

/** People of a policy, in words. */
function useSaid(draft: PolicyDraft) {
  const { t, intl } = useWords();
  const names = useNames(idsIn(draft));
  const say = useRelationWords();
  return (sets: readonly SubjectSet[]) =>
    sets.length === 0 ? t('parts.none') : intl.formatList(sets.map((set) => pickedOf(set, names, say).displayName));
}

/** Who can get access and who can ask, in a few lines. */
export function ScopeSummary({ draft }: { readonly draft: PolicyDraft }) {
  const { t, intl } = useWords();
  const said = useSaid(draft);
  const settings = draft.requestorSettings;
  const from = [
    ...(settings.enableTargetsToSelfAddAccess ? [t('policy.requestors.self')] : []),
    t('policy.requestors.admin'),
    ...(settings.enableOnBehalfRequestorsToAddAccess ? [said(settings.onBehalfRequestors)] : []),
  ];
  return (
    <Facts
      facts={[
        [t('policy.whoGets'), whoGets(draft, t, said)],
        [t('policy.whoAsks'), intl.formatList(from)],
      ]}
    />
  );
}

function whoGets(
  { allowedTargetScope: scope, specificAllowedTargets: targets }: PolicyDraft,
  t: ReturnType<typeof useWords>['t'],
  said: (sets: readonly SubjectSet[]) => string,
): string {
  switch (scope) {
    case 'specificDirectoryUsers':
      return targets[0]?.membershipRule ?? said(targets);
    case 'specificConnectedOrganizationUsers':
      return t('policy.scope.specificConnectedOrganizationUsers');
    case 'allMemberUsers':
    case 'allDirectoryUsers':
    case 'allConfiguredConnectedOrganizationUsers':
    case 'allExternalUsers':
      return t(`policy.scope.${scope}`);
    default:
      return t('policy.audience.nobody');
  }
}

/** Who decides, stage by stage. */
export function StagesSummary({ draft }: { readonly draft: PolicyDraft }) {
  const styles = useStyles();
  const { t } = useWords();
  const said = useSaid(draft);
  const approval = draft.requestApprovalSettings;
  const facts: Fact[] = [
    [
      t('policy.stagesShort'),
      isApproved(draft) ? (
        <ol key="stages" className={styles.list}>
          {approval.stages.map((stage, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place: the first, the second, the third
            <li key={index}>
              <StageSummary stage={stage} said={said} />
            </li>
          ))}
        </ol>
      ) : (
        t('policy.noApproval')
      ),
    ],
    [t('policy.requestorJustificationShort'), t(approval.isRequestorJustificationRequired ? 'parts.yes' : 'parts.no')],
  ];
  return <Facts facts={facts} />;
}

function StageSummary({ stage, said }: { readonly stage: StageDraft; said(sets: readonly SubjectSet[]): string }) {
  const { t, duration } = useWords();
  const { durationBeforeAutomaticDenial: time, durationBeforeEscalation: after } = stage;
  const parts = [
    said(stage.primaryApprovers),
    ...(stage.fallbackPrimaryApprovers.length > 0
      ? [t('policy.summary.fallback', { names: said(stage.fallbackPrimaryApprovers) })]
      : []),
    t('policy.summary.time', { time: time === '' ? '–' : duration(time) }),
    ...(stage.isApproverJustificationRequired ? [t('policy.summary.justification')] : []),
    ...(stage.isEscalationEnabled
      ? [
          t('policy.summary.alternates', {
            names: said(stage.escalationApprovers),
            time: after === '' ? '–' : duration(after),
          }),
        ]
      : []),
  ];
  return parts.join(' · ');
}

/** What is asked of requestors. */
export function QuestionsSummary({ draft }: { readonly draft: PolicyDraft }) {
  const styles = useStyles();
  const { t } = useWords();
  if (draft.questions.length === 0) return <>{t('policy.noQuestions')}</>;
  return (
    <ol className={styles.list}>
      {draft.questions.map(({ text, kind, isRequired, regexPattern, choices }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a new question has no id yet, only its place
        <li key={index}>
          {[
            text,
            t(`policy.format.${kind}`),
            ...(isRequired ? [t('parts.required')] : []),
            ...(regexPattern === '' ? [] : [regexPattern]),
            ...(kind === 'choice' ? [choices.map((choice) => choice.text).join(' / ')] : []),
          ].join(' · ')}
        </li>
      ))}
    </ol>
  );
}

/** When assignments end, and what their holders may do. */
export function LifecycleSummary({ draft }: { readonly draft: PolicyDraft }) {
  const { t, duration } = useWords();
  const { expiration, requestorSettings: settings, requestApprovalSettings: approval } = draft;
  const yes = (is: boolean) => t(is ? 'parts.yes' : 'parts.no');
  const end =
    expiration.type === 'noExpiration' ? (
      t('policy.expires.never')
    ) : expiration.type === 'afterDuration' ? (
      t('policy.summary.after', { time: expiration.duration === '' ? '–' : duration(expiration.duration) })
    ) : (
      <Time at={expiration.endDateTime} as="short" />
    );
  return (
    <Facts
      facts={[
        [t('policy.expires'), end],
        [t('policy.customSchedule'), yes(settings.allowCustomAssignmentSchedule)],
        [
          t('policy.extend'),
          settings.enableTargetsToSelfUpdateAccess
            ? t(approval.isApprovalRequiredForUpdate ? 'policy.summary.extendApproved' : 'parts.yes')
            : t('parts.no'),
        ],
        [t('policy.giveUp'), yes(settings.enableTargetsToSelfRemoveAccess)],
        [t('policy.notify'), yes(!draft.notificationSettings.isAssignmentNotificationDisabled)],
      ]}
    />
  );
}
