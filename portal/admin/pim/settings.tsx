import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useNames } from '../../api/names.ts';
import { useGet } from '../../api/queries.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/page.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { useWords } from '../../words/use-words.ts';
import { EditSettings } from './edit-settings.tsx';
import {
  notificationKinds,
  notificationRecipients,
  type PolicyAssignment,
  type PolicyOf,
  policyPath,
} from './rules.ts';
import { draftOf, type LimitDraft, type NotificationDraft, type SettingsDraft } from './settings-draft.ts';

const useStyles = makeStyles({
  title: { margin: `${tokens.spacingVerticalM} 0 0` },
});

interface Props {
  readonly title: string;
  readonly of: PolicyOf;
  readonly mayChange: boolean;
}

/** What activating and assigning takes and who is told, by the rules of the policy. */
export function PimSettings({ title, of, mayChange }: Props) {
  const { t } = useWords();
  const { data, error, refetch } = useGet<{ readonly value: readonly PolicyAssignment[] }>(policyPath(of));
  const policy = data?.value[0]?.policy;
  if (policy === undefined && error !== null) return <RefusalNote error={error} retry={() => void refetch()} />;
  if (policy === undefined) return data === undefined ? <Loading /> : null;
  const hasDefaultApprovers = of.scope === 'DirectoryRole';
  return (
    <Section
      title={title}
      actions={
        mayChange ? (
          <EditSettings policyId={policy.id} rules={policy.rules} hasDefaultApprovers={hasDefaultApprovers} />
        ) : undefined
      }
    >
      <Part title={t('pim.part.activation')}>
        <ActivationFacts settings={draftOf(policy.rules)} hasDefaultApprovers={hasDefaultApprovers} />
      </Part>
      <Part title={t('pim.part.assignment')}>
        <AssignmentFacts settings={draftOf(policy.rules)} />
      </Part>
      <Part title={t('pim.part.notification')}>
        <NotificationFacts settings={draftOf(policy.rules)} />
      </Part>
    </Section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <Text as="h3" weight="semibold" className={styles.title}>
        {title}
      </Text>
      {children}
    </>
  );
}

interface ActivationProps {
  readonly settings: SettingsDraft;
  readonly hasDefaultApprovers: boolean;
}

function ActivationFacts({ settings, hasDefaultApprovers }: ActivationProps) {
  const { t, duration } = useWords();
  const names = useNames(settings.approvers.map(({ id }) => id));
  const required = useRequired();
  const approvers = settings.approvers.map(({ id, displayName }) => names.get(id)?.displayName ?? displayName);
  const facts: readonly Fact[] = [
    [t('pim.maximum'), duration(settings.maximum)],
    settings.proof === 'context'
      ? [t('pim.context'), settings.context]
      : [t('pim.mfa'), required(settings.proof === 'mfa')],
    [t('pim.needsJustification'), required(settings.needsJustification)],
    [t('pim.needsTicket'), required(settings.needsTicket)],
    [t('pim.needsApproval'), required(settings.needsApproval)],
    ...(settings.needsApproval
      ? [
          [
            t('pim.approvers'),
            approvers.length === 0 && hasDefaultApprovers ? t('pim.approvers.default') : approvers.join(', '),
          ] as const,
        ]
      : []),
  ];
  return <Facts facts={facts} />;
}

function AssignmentFacts({ settings }: { readonly settings: SettingsDraft }) {
  const { t, duration } = useWords();
  const asked = ({ needsMfa, needsJustification }: LimitDraft) => {
    const what = [
      ...(needsMfa ? [t('pim.asks.mfa')] : []),
      ...(needsJustification ? [t('pim.asks.justification')] : []),
    ];
    return what.length === 0 ? t('pim.asks.nothing') : what.join(', ');
  };
  const ends = ({ maximum }: LimitDraft) => (maximum === '' ? t('pim.never') : duration(maximum));
  return (
    <Facts
      facts={[
        [t('pim.eligibilityMaximum'), ends(settings.eligible)],
        [t('pim.eligibleAssignments'), asked(settings.eligible)],
        [t('pim.assignmentMaximum'), ends(settings.active)],
        [t('pim.activeAssignments'), asked(settings.active)],
      ]}
    />
  );
}

function NotificationFacts({ settings }: { readonly settings: SettingsDraft }) {
  const { t } = useWords();
  const told = ({ isDefaultEnabled, additional, isCriticalOnly }: NotificationDraft) => {
    const who = [...(isDefaultEnabled ? [t('pim.told.byDefault')] : []), ...(additional === '' ? [] : [additional])];
    if (who.length === 0) return t('pim.told.nobody');
    return isCriticalOnly ? `${who.join(', ')} (${t('pim.told.critical')})` : who.join(', ');
  };
  return (
    <Facts
      facts={notificationKinds.map(
        (kind): Fact => [
          t(`pim.told.${kind}`),
          notificationRecipients.map((recipient) => {
            const value = settings.notifications[`Notification_${recipient}_${kind}`];
            return value === undefined ? null : (
              <div key={recipient}>
                {t(`pim.recipient.${recipient}`)}: {told(value)}
              </div>
            );
          }),
        ],
      )}
    />
  );
}

function useRequired() {
  const { t } = useWords();
  return (isRequired: boolean) => t(isRequired ? 'pim.required' : 'pim.notRequired');
}
