import { Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { useWords } from '../../words/use-words.ts';
import { notificationKinds, notificationRecipients } from './rules.ts';
import type { NotificationDraft, SettingsDraft } from './settings-draft.ts';

const useStyles = makeStyles({
  part: { display: 'grid', gap: tokens.spacingVerticalS, margin: 0, padding: 0, border: 'none', minWidth: 0 },
  line: {
    display: 'grid',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    gridTemplateColumns: 'minmax(0, 1.1fr) minmax(0, 1fr) minmax(0, 1.4fr) minmax(0, 1fr)',
    paddingBottom: tokens.spacingVerticalS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 720px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

interface Props {
  readonly draft: SettingsDraft;
  change(part: Partial<SettingsDraft>): void;
}

/** Who is told of what, as in Entra: by default, whom besides, and whether of what is critical only. */
export function NotificationFields({ draft, change }: Props) {
  const set = (id: string, notification: NotificationDraft) =>
    change({ notifications: { ...draft.notifications, [id]: notification } });
  return notificationKinds.map((kind) => (
    <Kind key={kind} kind={kind} notifications={draft.notifications} change={set} />
  ));
}

interface KindProps {
  readonly kind: (typeof notificationKinds)[number];
  readonly notifications: SettingsDraft['notifications'];
  change(id: string, notification: NotificationDraft): void;
}

function Kind({ kind, notifications, change }: KindProps) {
  const styles = useStyles();
  const { t } = useWords();
  const title = useId();
  return (
    <fieldset className={styles.part} aria-labelledby={title}>
      <Text id={title} weight="semibold">
        {t(`pim.told.${kind}`)}
      </Text>
      {notificationRecipients.map((recipient) => {
        const id = `Notification_${recipient}_${kind}`;
        const value = notifications[id];
        return value === undefined ? null : (
          <Line key={id} recipient={recipient} value={value} change={(next) => change(id, next)} />
        );
      })}
    </fieldset>
  );
}

interface LineProps {
  readonly recipient: (typeof notificationRecipients)[number];
  readonly value: NotificationDraft;
  change(value: NotificationDraft): void;
}

function Line({ recipient, value, change }: LineProps) {
  const styles = useStyles();
  const { t } = useWords();
  const who = useId();
  return (
    <fieldset className={`${styles.part} ${styles.line}`} aria-labelledby={who}>
      <Text id={who}>{t(`pim.recipient.${recipient}`)}</Text>
      <Checkbox
        label={t('pim.told.default')}
        checked={value.isDefaultEnabled}
        onChange={(_event, { checked }) => change({ ...value, isDefaultEnabled: checked === true })}
      />
      <Field>
        <Input
          aria-label={t('pim.told.additional')}
          placeholder={t('pim.told.additional')}
          value={value.additional}
          onChange={(_event, data) => change({ ...value, additional: data.value })}
        />
      </Field>
      <Checkbox
        label={t('pim.told.critical')}
        checked={value.isCriticalOnly}
        onChange={(_event, { checked }) => change({ ...value, isCriticalOnly: checked === true })}
      />
    </fieldset>
  );
}
