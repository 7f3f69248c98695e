import { Button, makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { ActivationFields } from './activation-fields.tsx';
import { AssignmentFields } from './assignment-fields.tsx';
import { NotificationFields } from './notification-fields.tsx';
import type { Rule } from './rules.ts';
import { changesOf, draftOf, type SettingsDraft } from './settings-draft.ts';

const useStyles = makeStyles({
  panel: { display: 'grid', gap: tokens.spacingVerticalM, minWidth: 0 },
  tabs: { overflowX: 'auto', minWidth: 0 },
});

const parts = ['activation', 'assignment', 'notification'] as const;

interface Props {
  readonly policyId: string;
  readonly rules: readonly Rule[];
  /** A role falls back to its administrators where nobody is named; a group has nobody to fall back to. */
  readonly hasDefaultApprovers: boolean;
}

/** Changes the rules on activation, on assignment and on who is told: all that were touched, or none. */
export function EditSettings({ policyId, rules, hasDefaultApprovers }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const panel = useId();
  const toast = useToast();
  const send = useSend();
  const [before, setBefore] = useState(() => draftOf(rules));
  const [draft, setDraft] = useState(before);
  const [part, setPart] = useState<(typeof parts)[number]>('activation');
  const change = (some: Partial<SettingsDraft>) => setDraft({ ...draft, ...some });
  const begin = () => {
    const now = draftOf(rules);
    setBefore(now);
    setDraft(now);
    setPart('activation');
  };
  const save = async () => {
    const changes = changesOf(before, draft);
    if (changes.length > 0) {
      await send.mutateAsync({
        method: 'PATCH',
        path: `/v1.0/policies/roleManagementPolicies/${policyId}`,
        body: { rules: changes },
      });
    }
    toast.done(t('pim.done.settings'));
  };
  const lacksApprovers = draft.needsApproval && !hasDefaultApprovers && draft.approvers.length === 0;
  return (
    <Confirm
      trigger={
        <Button icon={<EditRegular />} onClick={begin}>
          {t('pim.settings.edit')}
        </Button>
      }
      title={t('pim.settings.edit')}
      confirmLabel={t('parts.save')}
      isWide
      isIncomplete={draft.maximum === '' || lacksApprovers || (draft.proof === 'context' && draft.context === '')}
      confirm={save}
    >
      <Text>{t('pim.settings.text')}</Text>
      <TabList
        className={styles.tabs}
        aria-label={t('pim.settings.edit')}
        selectedValue={part}
        onTabSelect={(_event, { value }) => setPart(parts.find((one) => one === value) ?? 'activation')}
      >
        {parts.map((one) => (
          <Tab key={one} id={`${panel}${one}`} value={one} aria-controls={panel}>
            {t(`pim.part.${one}`)}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" id={panel} aria-labelledby={`${panel}${part}`} className={styles.panel}>
        {part === 'activation' ? (
          <ActivationFields draft={draft} hasDefaultApprovers={hasDefaultApprovers} change={change} />
        ) : part === 'assignment' ? (
          <AssignmentFields draft={draft} change={change} />
        ) : (
          <NotificationFields draft={draft} change={change} />
        )}
      </div>
    </Confirm>
  );
}
