import { useParams } from '@tanstack/react-router';
import { may, useMe } from '../../api/me.ts';
import { useGet } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { type TabEntry, Tabs } from '../../parts/tabs.tsx';
import { useWords } from '../../words/use-words.ts';
import { Assignments } from '../pim/assignments.tsx';
import { EnablePim } from '../pim/enable-pim.tsx';
import { PimSettings } from '../pim/settings.tsx';
import { GroupBadges } from './groups-page.tsx';
import { Members } from './members.tsx';
import { Rule } from './rule.tsx';
import { type Group, groupProperties, isDynamic } from './wire.ts';

/** A group: who is in it, what it holds, who may come in by PIM. */
export function GroupPage() {
  return <OneGroup opensPim={false} />;
}

/** The same group, seen from PIM. */
export function PimGroupPage() {
  return <OneGroup opensPim />;
}

function OneGroup({ opensPim }: { readonly opensPim: boolean }) {
  const { t } = useWords();
  const { groupId } = useParams({ strict: false }) as { groupId: string };
  const { data: group, error } = useGet<Group>(`/v1.0/groups/${groupId}?$select=${groupProperties}`);
  if (group === undefined) return error === null ? <Loading /> : <RefusalNote error={error} />;
  return (
    <Page title={group.displayName} text={group.description ?? undefined} actions={<GroupBadges group={group} />}>
      <GroupTabs group={group} opensPim={opensPim} label={t('directory.group.tabs')} />
    </Page>
  );
}

interface TabsProps {
  readonly group: Group;
  readonly opensPim: boolean;
  readonly label: string;
}

function GroupTabs({ group, opensPim, label }: TabsProps) {
  const { t } = useWords();
  const { data: me } = useMe();
  const { id } = group;
  const holdsRoles = group.isAssignableToRole === true;
  const manages = may(me, holdsRoles ? 'group.manageMembersRoleAssignable' : 'group.manageMembers');
  const mayPim = may(me, holdsRoles ? 'groupEligibility.manageRoleAssignable' : 'groupEligibility.manage');
  const maySettle = may(
    me,
    holdsRoles ? 'roleManagementPolicy.updateForRoleAssignableGroup' : 'roleManagementPolicy.updateForGroup',
  );
  const pim: readonly TabEntry[] = isDynamic(group)
    ? []
    : [
        {
          id: 'pim',
          title: t('directory.group.pim'),
          content: () => (
            <>
              <EnablePim group={group} mayEnable={maySettle} />
              <Assignments subject={{ of: 'group', groupId: id }} mayAssign={mayPim} />
            </>
          ),
        },
        {
          id: 'settings',
          title: t('directory.group.settings'),
          content: () => (
            <>
              <EnablePim group={group} mayEnable={maySettle} />
              {(['member', 'owner'] as const).map((as) => (
                <PimSettings
                  key={as}
                  title={t(as === 'member' ? 'pim.member' : 'pim.owner')}
                  of={{ scope: 'Group', scopeId: id, roleDefinitionId: as }}
                  mayChange={maySettle}
                />
              ))}
            </>
          ),
        },
      ];
  const members: readonly TabEntry[] = [
    {
      id: 'members',
      title: t('directory.group.members'),
      content: () => (
        <>
          {isDynamic(group) ? <Rule group={group} mayChange={may(me, 'group.update')} /> : null}
          <Members groupId={id} as="members" mayChange={manages && !isDynamic(group)} />
        </>
      ),
    },
    {
      id: 'owners',
      title: t('directory.group.owners'),
      content: () => <Members groupId={id} as="owners" mayChange={manages} />,
    },
  ];
  const roles: readonly TabEntry[] = holdsRoles
    ? [
        {
          id: 'roles',
          title: t('directory.group.roles'),
          content: () => (
            <Assignments subject={{ of: 'principal', principalId: id }} mayAssign={may(me, 'roleEligibility.manage')} />
          ),
        },
      ]
    : [];
  return <Tabs label={label} tabs={opensPim ? [...pim, ...members, ...roles] : [...members, ...roles, ...pim]} />;
}
