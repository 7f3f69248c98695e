import { Button, Text } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons';
import { usePages, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/page.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { Time } from '../../parts/time.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { AddAssignment } from './add-assignment.tsx';
import { AskedTime } from './asked.tsx';
import { type Mode, requestsPath, type Schedule, type Subject, schedulesPath } from './wire.ts';

/** Who is eligible for something and who has it, with what an administrator may do about it. */
export function Assignments({ subject, mayAssign }: { readonly subject: Subject; readonly mayAssign: boolean }) {
  const { t } = useWords();
  return (
    <>
      {(['eligible', 'active'] as const).map((mode) => (
        <AskedTime key={mode} subject={subject} mode={mode} mayAnswer={mayAssign} />
      ))}
      <Section title={t('pim.eligible')} actions={mayAssign ? <AddAssignment subject={subject} /> : undefined}>
        <List subject={subject} mode="eligible" mayAssign={mayAssign} />
      </Section>
      <Section title={t('pim.active')}>
        <List subject={subject} mode="active" mayAssign={mayAssign} />
      </Section>
    </>
  );
}

interface ListProps {
  readonly subject: Subject;
  readonly mode: Mode;
  readonly mayAssign: boolean;
}

function List({ subject, mode, mayAssign }: ListProps) {
  const { t } = useWords();
  const pages = usePages<Schedule>(schedulesPath(subject, mode));
  const name = (one: Schedule) =>
    (subject.of === 'principal' ? one.roleDefinition?.displayName : one.principal?.displayName) ?? one.principalId;
  const columns: readonly Column<Schedule>[] = [
    {
      id: 'who',
      title: t(subject.of === 'principal' ? 'pim.what' : 'pim.who'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: (one) => <Text weight="semibold">{name(one)}</Text>,
    },
    ...(subject.of === 'group'
      ? [
          {
            id: 'as',
            title: t('pim.as'),
            cell: ({ accessId }: Schedule) => t(accessId === 'owner' ? 'pim.owner' : 'pim.member'),
          },
        ]
      : []),
    {
      id: 'ends',
      title: t('pim.ends'),
      cell: ({ scheduleInfo }) => <Time at={scheduleInfo.expiration.endDateTime} />,
    },
    {
      id: 'remove',
      title: t('pim.remove'),
      isPlain: true,
      cell: (one) => (mayAssign ? <Remove subject={subject} mode={mode} schedule={one} name={name(one)} /> : null),
    },
  ];
  return (
    <Rows
      label={t(mode === 'eligible' ? 'pim.eligible' : 'pim.active')}
      pages={pages}
      columns={columns}
      keyOf={({ id }) => id}
      empty={
        <Empty
          icon={<KeyRegular />}
          title={t(mode === 'eligible' ? 'pim.noneEligible' : 'pim.noneActive')}
          text={t(mode === 'eligible' ? 'pim.noneEligibleText' : 'pim.noneActiveText')}
        />
      }
    />
  );
}

interface RemoveProps {
  readonly subject: Subject;
  readonly mode: Mode;
  readonly schedule: Schedule;
  readonly name: string;
}

function Remove({ subject, mode, schedule, name }: RemoveProps) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const about =
    subject.of === 'group'
      ? { groupId: subject.groupId, accessId: schedule.accessId }
      : { roleDefinitionId: schedule.roleDefinitionId, directoryScopeId: schedule.directoryScopeId };
  const remove = async () => {
    await send.mutateAsync({
      method: 'POST',
      path: requestsPath(subject, mode),
      body: { action: 'adminRemove', principalId: schedule.principalId, ...about },
    });
    toast.done(t('pim.done.removed', { name }));
  };
  return (
    <Confirm
      trigger={<Button size="small">{t('pim.remove')}</Button>}
      title={t('pim.remove.title', { name })}
      confirmLabel={t('pim.remove')}
      confirm={remove}
    >
      {t('pim.remove.text')}
    </Confirm>
  );
}
