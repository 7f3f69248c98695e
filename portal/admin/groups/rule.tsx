import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { Section } from '../../parts/page.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { RuleField } from '../rule/rule-field.tsx';
import type { Group } from './wire.ts';

const useStyles = makeStyles({
  rule: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
});

/** The rule that a dynamic group follows, and how to change it. */
export function Rule({ group, mayChange }: { readonly group: Group; readonly mayChange: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [rule, setRule] = useState(group.membershipRule ?? '');
  const save = async () => {
    await send.mutateAsync({ method: 'PATCH', path: `/v1.0/groups/${group.id}`, body: { membershipRule: rule } });
    toast.done(t('directory.changed'));
  };
  return (
    <Section
      title={t('rule.title')}
      actions={
        mayChange ? (
          <Confirm
            trigger={
              <Button icon={<EditRegular />} onClick={() => setRule(group.membershipRule ?? '')}>
                {t('directory.group.editRule')}
              </Button>
            }
            title={t('directory.group.editRule')}
            confirmLabel={t('parts.save')}
            isWide
            isIncomplete={rule.trim() === ''}
            confirm={save}
          >
            {(refusal) => (
              <>
                <Text>{t('directory.group.editRuleText')}</Text>
                <RuleField
                  value={rule}
                  groupId={group.id}
                  error={saidAt(faultsOf(refusal), 'membershipRule')}
                  change={setRule}
                />
              </>
            )}
          </Confirm>
        ) : undefined
      }
    >
      <Text className={styles.rule}>{group.membershipRule}</Text>
      <Text size={200}>{t('directory.group.ruleMembers')}</Text>
    </Section>
  );
}
