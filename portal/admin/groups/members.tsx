import { Button, Text } from '@fluentui/react-components';
import { PeopleRegular } from '@fluentui/react-icons';
import { call } from '../../api/client.ts';
import { usePages, useSend } from '../../api/queries.ts';
import { AddSeveral } from '../../parts/add-several.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/page.tsx';
import { groupsSource, usersSource } from '../../parts/pick-sources.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import type { Member } from './wire.ts';

interface Props {
  readonly groupId: string;
  readonly as: 'members' | 'owners';
  readonly mayChange: boolean;
}

/** Who is in a group now, or owns it. */
export function Members({ groupId, as, mayChange }: Props) {
  const { t } = useWords();
  const pages = usePages<Member>(`/v1.0/groups/${groupId}/${as}?$top=100`);
  const columns: readonly Column<Member>[] = [
    {
      id: 'name',
      title: t('directory.name'),
      width: 'minmax(0, 3fr)',
      isPlain: true,
      cell: ({ id, displayName, userPrincipalName }) => (
        <>
          <Text weight="semibold">{displayName ?? id}</Text>
          <Detail text={userPrincipalName} />
        </>
      ),
    },
    ...(mayChange
      ? [
          {
            id: 'remove',
            title: t('directory.group.remove'),
            isPlain: true,
            cell: (member: Member) => <Remove groupId={groupId} as={as} member={member} />,
          },
        ]
      : []),
  ];
  return (
    <Section title={t(`directory.group.${as}`)} actions={mayChange ? <Add groupId={groupId} as={as} /> : undefined}>
      <Rows
        label={t(`directory.group.${as}`)}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<PeopleRegular />}
            title={t('directory.group.noMembers')}
            text={t('directory.group.noMembersText')}
          />
        }
      />
    </Section>
  );
}

function Add({ groupId, as }: { readonly groupId: string; readonly as: Props['as'] }) {
  const { t } = useWords();
  const label = t(as === 'members' ? 'directory.group.addMember' : 'directory.group.addOwner');
  const send = ({ id }: Picked) =>
    call(`/v1.0/groups/${groupId}/${as}/$ref`, {
      method: 'POST',
      body: { '@odata.id': `${location.origin}/v1.0/directoryObjects/${id}` },
    });
  return (
    <AddSeveral<Picked>
      label={label}
      title={label}
      confirmLabel={label}
      send={send}
      done={() => t('directory.changed')}
    >
      {({ value, change }) => (
        <Picker
          label={t('directory.group.people')}
          sources={as === 'members' ? [usersSource, groupsSource] : [usersSource]}
          value={value}
          required
          change={change}
        />
      )}
    </AddSeveral>
  );
}

function Remove({
  groupId,
  as,
  member,
}: {
  readonly groupId: string;
  readonly as: Props['as'];
  readonly member: Member;
}) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const remove = async () => {
    await send.mutateAsync({ method: 'DELETE', path: `/v1.0/groups/${groupId}/${as}/${member.id}/$ref` });
    toast.done(t('directory.changed'));
  };
  return (
    <Confirm
      trigger={<Button size="small">{t('directory.group.remove')}</Button>}
      title={t('directory.group.removeTitle', { name: member.displayName ?? member.id })}
      confirmLabel={t('directory.group.remove')}
      confirm={remove}
    >
      {t('directory.group.removeText')}
    </Confirm>
  );
}
