import { Button, Card, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { GroupManagement } from '../../../src/privileged/policy/contract.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';

const useStyles = makeStyles({
  card: { marginBottom: tokens.spacingVerticalL, alignItems: 'start' },
});

interface Props {
  readonly group: { readonly id: string; readonly displayName: string };
  readonly mayEnable: boolean;
}

/** Says that PIM does not manage a group yet, with the button that makes it. Nothing once it does, for it is for ever. */
export function EnablePim({ group, mayEnable }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const { data } = useGet<GroupManagement>(`/sallyport/groups/${group.id}/pim`);
  if (data === undefined || data.isManaged) return null;
  const enable = async () => {
    await send.mutateAsync({ method: 'POST', path: `/sallyport/groups/${group.id}/pim/enable` });
    toast.done(t('pim.done.enabled', { name: group.displayName }));
  };
  return (
    <Card className={styles.card}>
      <Text as="h2" weight="semibold" size={400}>
        {t('pim.notEnabled')}
      </Text>
      <Text>{t('pim.notEnabledText')}</Text>
      {mayEnable ? (
        <Confirm
          trigger={<Button appearance="primary">{t('pim.enable')}</Button>}
          title={t('pim.enable.title', { name: group.displayName })}
          confirmLabel={t('pim.enable')}
          confirm={enable}
        >
          {t('pim.enable.text')}
        </Confirm>
      ) : null}
    </Card>
  );
}
