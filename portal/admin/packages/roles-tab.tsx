import { Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular, KeyRegular, PeopleRegular } from '@fluentui/react-icons';
import { call } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { usePages, useSend } from '../../api/queries.ts';
import { AddSeveral } from '../../parts/add-several.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { Time } from '../../parts/time.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { entitlements, type RoleScope, type WholePackage } from '../wire.ts';
import type { GivenRole } from './new/draft.ts';
import { roleScopeBody } from './new/making.ts';
import { RolePicker } from './role-picker.tsx';
import { WhatItHolds } from './what-it-holds.tsx';

type Scope = RoleScope & { readonly createdDateTime: string };

const useStyles = makeStyles({
  name: { display: 'flex', gap: tokens.spacingHorizontalS, '& > svg': { flexShrink: 0, fontSize: '20px' } },
});

/** What a package gives: added and taken out at any time, for those who have the package too. */
export function RolesTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const mayChange = may(me, 'accessPackage.update');
  const pages = usePages<Scope>(
    withOptions(`${entitlements}/accessPackages/${accessPackage.id}/resourceRoleScopes`, {
      $expand: 'role($expand=resource)',
      $count: 'true',
    }),
  );
  return (
    <>
      {mayChange ? (
        <Filters>
          <AddRoles accessPackage={accessPackage} given={pages.items} />
        </Filters>
      ) : null}
      <Rows
        label={t('packages-admin.tab.roles')}
        pages={pages}
        columns={useColumns(accessPackage, mayChange)}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={<PeopleRegular />} title={t('packages-admin.noRoles')} text={t('packages-admin.noRolesText')} />
        }
      />
    </>
  );
}

function useColumns(accessPackage: WholePackage, mayChange: boolean): readonly Column<Scope>[] {
  const styles = useStyles();
  const { t } = useWords();
  const columns: Column<Scope>[] = [
    {
      id: 'resource',
      title: t('packages-admin.resource'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ role: { resource, originSystem } }) => (
        <div className={styles.name}>
          {originSystem === 'AadGroup' ? <PeopleRegular /> : <KeyRegular />}
          <div>
            <Text weight="semibold" block>
              {resource?.displayName}
            </Text>
            {resource === undefined ? null : <WhatItHolds resource={resource} />}
          </div>
        </div>
      ),
    },
    { id: 'role', title: t('packages-admin.role'), cell: ({ role }) => <Text>{role.displayName}</Text> },
    { id: 'added', title: t('catalogs.resources.added'), cell: ({ createdDateTime }) => <Time at={createdDateTime} /> },
  ];
  if (!mayChange) return columns;
  const action: Column<Scope> = {
    id: 'remove',
    title: t('parts.actions'),
    width: '110px',
    isPlain: true,
    cell: (scope) => <RemoveRole accessPackage={accessPackage} scope={scope} />,
  };
  return [...columns, action];
}

function RemoveRole({ accessPackage, scope }: { readonly accessPackage: WholePackage; readonly scope: Scope }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const name = scope.role.resource?.displayName ?? '';
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={t('parts.removeThing', { name: `${name}, ${scope.role.displayName}` })}
        >
          {t('parts.remove')}
        </Button>
      }
      title={t('packages-admin.removeRoleTitle', { name })}
      confirmLabel={t('parts.remove')}
      confirm={async () => {
        const path = `${entitlements}/accessPackages/${accessPackage.id}/resourceRoleScopes/${scope.id}`;
        await send.mutateAsync({ method: 'DELETE', path });
        toast.done(t('packages-admin.roleRemoved', { name }));
      }}
    >
      {t('packages-admin.removeRoleText', { name, role: scope.role.displayName })}
    </Confirm>
  );
}

interface AddProps {
  readonly accessPackage: WholePackage;
  readonly given: readonly Scope[];
}

function AddRoles({ accessPackage, given }: AddProps) {
  const { t } = useWords();
  const path = `${entitlements}/accessPackages/${accessPackage.id}/resourceRoleScopes`;
  return (
    <AddSeveral<GivenRole>
      label={t('packages-admin.addRoles')}
      title={t('packages-admin.addRolesTitle', { name: accessPackage.displayName })}
      confirmLabel={t('parts.add')}
      send={(one) => call(path, { method: 'POST', body: roleScopeBody(one) })}
      done={(count) => t('packages-admin.rolesAdded', { count })}
    >
      {({ value, change }) => (
        <>
          {given.length > 0 ? (
            <MessageBar layout="multiline">
              <MessageBarBody>{t('packages-admin.holdersToo')}</MessageBarBody>
            </MessageBar>
          ) : null}
          <RolePicker catalog={accessPackage.catalog} value={value} mayAddToCatalog={false} change={change} />
        </>
      )}
    </AddSeveral>
  );
}
