import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular, PersonKeyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { type Collection, useGet, usePages, useSend } from '../../api/queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { Filters } from '../../parts/filters.tsx';
import { PickIcon } from '../../parts/pick-icon.tsx';
import { groupsSource, usersSource } from '../../parts/pick-sources.ts';
import { literal, type Picked, withOptions } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { type Catalog, type Delegation, delegation, type NamedThing } from '../wire.ts';

const scopeOf = (catalog: Catalog) => `/AccessPackageCatalog/${catalog.id}`;

/** Who looks after a catalog: roles of entitlement management that hold in it alone. */
export function CatalogRoles({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const mayChange = may(me, 'entitlementRole.assign');
  const pages = usePages<Delegation>(
    withOptions(`${delegation}/roleAssignments`, {
      $filter: `appScopeId eq ${literal(scopeOf(catalog))}`,
      $expand: 'principal,roleDefinition',
      $count: 'true',
    }),
  );
  return (
    <>
      <Text as="p" block>
        {t('catalogs.roles.text')}
      </Text>
      <Filters>{mayChange ? <AddAdministrator catalog={catalog} /> : null}</Filters>
      <Rows
        label={t('catalogs.roles')}
        pages={pages}
        columns={useColumns(mayChange)}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={<PersonKeyRegular />} title={t('catalogs.roles.none')} text={t('catalogs.roles.noneText')} />
        }
      />
    </>
  );
}

const useStyles = makeStyles({
  name: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

function nameOf({ principal, principalId }: Delegation): string {
  return principal?.displayName ?? principalId;
}

function useColumns(mayChange: boolean): readonly Column<Delegation>[] {
  const styles = useStyles();
  const { t } = useWords();
  const columns: Column<Delegation>[] = [
    {
      id: 'who',
      title: t('catalogs.roles.who'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: (one) => (
        <div className={styles.name}>
          <PickIcon kind={one.principal?.['@odata.type'].endsWith('.group') ? 'group' : 'user'} name={nameOf(one)} />
          <Text>{nameOf(one)}</Text>
        </div>
      ),
    },
    {
      id: 'role',
      title: t('catalogs.roles.role'),
      width: 'minmax(0, 2fr)',
      cell: ({ roleDefinition }) => <Text>{roleDefinition?.displayName}</Text>,
    },
  ];
  if (!mayChange) return columns;
  const action: Column<Delegation> = {
    id: 'remove',
    title: t('parts.actions'),
    width: '110px',
    isPlain: true,
    cell: (one) => <RemoveAdministrator held={one} />,
  };
  return [...columns, action];
}

function RemoveAdministrator({ held }: { readonly held: Delegation }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const names = { name: nameOf(held), role: held.roleDefinition?.displayName ?? '' };
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={t('parts.removeThing', { name: names.name })}
        >
          {t('parts.remove')}
        </Button>
      }
      title={t('catalogs.roles.removeTitle', names)}
      confirmLabel={t('parts.remove')}
      confirm={async () => {
        await send.mutateAsync({ method: 'DELETE', path: `${delegation}/roleAssignments/${held.id}` });
        toast.done(t('catalogs.roles.removed', names));
      }}
    >
      {t('catalogs.roles.removeText', names)}
    </Confirm>
  );
}

/** Roles that hold in a catalog, in the order in which they allow less. */
const catalogRoles = [
  { id: 'ae79f266-94d4-4dab-b730-feca7e132178', about: 'catalogs.roles.owner' },
  { id: '7f480852-ebdc-47d4-87de-0d8498384a83', about: 'catalogs.roles.packageManager' },
  { id: 'e2182095-804a-4656-ae11-64734e9b7ae5', about: 'catalogs.roles.assignmentManager' },
  { id: '44272f93-9762-48e8-af59-1b5351b1d6b3', about: 'catalogs.roles.reader' },
] as const;

function AddAdministrator({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const { data: roles } = useGet<Collection<NamedThing>>(`${delegation}/roleDefinitions?$select=id,displayName`);
  const [roleId, setRole] = useState<string>(catalogRoles[0].id);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const custom = (roles?.value ?? []).filter(({ id }) => !builtIn.has(id));
  const options = [
    ...catalogRoles.flatMap(({ id }) => (roles?.value ?? []).filter((role) => role.id === id)),
    ...custom,
  ].map(({ id, displayName }) => ({ value: id, name: displayName }));
  const about = catalogRoles.find(({ id }) => id === roleId)?.about;
  return (
    <Confirm
      trigger={
        <Button icon={<AddRegular />} onClick={() => setPicked([])}>
          {t('catalogs.roles.add')}
        </Button>
      }
      title={t('catalogs.roles.addTitle', { name: catalog.displayName })}
      confirmLabel={t('parts.add')}
      isIncomplete={picked.length === 0}
      confirm={async () => {
        const body = { roleDefinitionId: roleId, principalId: picked[0]?.id, appScopeId: scopeOf(catalog) };
        await send.mutateAsync({ method: 'POST', path: `${delegation}/roleAssignments`, body });
        toast.done(t('catalogs.roles.added', { name: picked[0]?.displayName ?? '' }));
      }}
    >
      {(refusal) => (
        <>
          <Choice
            label={t('catalogs.roles.role')}
            value={roleId}
            options={options}
            error={saidAt(faultsOf(refusal), 'roleDefinitionId', 'appScopeId')}
            change={setRole}
          />
          {about === undefined ? null : <Detail text={t(about)} />}
          <Picker
            label={t('catalogs.roles.who')}
            sources={sources}
            value={picked}
            isSingle
            required
            error={saidAt(faultsOf(refusal), 'principalId')}
            change={setPicked}
          />
        </>
      )}
    </Confirm>
  );
}

const sources = [usersSource, groupsSource];
/** Built-in roles: those of catalogs, and the two that hold beyond them. */
const builtIn: ReadonlySet<string> = new Set([
  ...catalogRoles.map(({ id }) => id),
  'ba92d953-d8e0-4e39-a797-0cbedb0a89e8',
  'e65cf63f-9cc2-4b48-8871-cb667e9d90fb',
]);
