import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular, KeyRegular, PeopleRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { type Collection, useGet } from '../../api/queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Picked, type PickSource, searched, withOptions } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useWords } from '../../words/use-words.ts';
import { AddResource } from '../catalogs/add-resource.tsx';
import { entitlements, type Resource, type ResourceRole } from '../wire.ts';
import type { GivenRole } from './new/draft.ts';
import { WhatItHolds } from './what-it-holds.tsx';

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalM, listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    flexGrow: 1,
    flexBasis: '240px',
    minWidth: 0,
    '& > svg': { flexShrink: 0, fontSize: '20px' },
  },
  role: { flexBasis: '200px' },
});

interface Props {
  readonly catalog: Pick<Picked, 'id' | 'displayName'>;
  readonly value: readonly GivenRole[];
  /** Whether the way to more resources is shown; inside of a dialog there is no room for another one. */
  readonly mayAddToCatalog?: boolean;
  change(value: readonly GivenRole[]): void;
}

/** Chooses resources of a catalog, and which role of each is given. */
export function RolePicker({ catalog, value, mayAddToCatalog = true, change }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { data: me } = useMe();
  const [{ source, known }] = useState(() => resourcesOf(catalog.id));
  const add = (picked: readonly Picked[]) => {
    const [one] = picked;
    const resource = one === undefined ? undefined : known.get(one.id);
    const [role] = resource?.roles ?? [];
    if (resource === undefined || role === undefined) return;
    change([...value, { resource, role: preferred(resource.roles ?? []) ?? role }]);
  };
  return (
    <>
      {value.length === 0 ? (
        <Empty icon={<PeopleRegular />} title={t('packages-admin.noRoles')} text={t('packages-admin.noRolesText')} />
      ) : (
        <ul className={styles.list}>
          {value.map((given, index) => (
            <Given
              key={`${given.resource.id} ${given.role.originId}`}
              given={given}
              taken={value.filter(({ resource }) => resource.id === given.resource.id)}
              change={(role) => change(value.map((one, at) => (at === index ? { ...one, role } : one)))}
              remove={() => change(value.filter((_, at) => at !== index))}
            />
          ))}
        </ul>
      )}
      <Picker
        label={t('packages-admin.addResource')}
        hint={t('packages-admin.addResourceHint', { catalog: catalog.displayName })}
        sources={[source]}
        value={[]}
        isSingle
        change={add}
      />
      {mayAddToCatalog && may(me, 'catalog.addResource') ? (
        <div>
          <AddResource catalog={catalog} />
        </div>
      ) : null}
    </>
  );
}

/** The seed's design gives membership: the first thing that is offered, whatever order the names have. */
function preferred(roles: readonly ResourceRole[]): ResourceRole | undefined {
  return roles.find(({ originId }) => originId.startsWith('Member_') || originId === 'Eligible');
}

/** Where resources of a catalog are found, and those that were, whole: what is picked is known by its id. */
function resourcesOf(catalogId: string) {
  const known = new Map<string, Resource>();
  const source = {
    kind: 'group',
    path: (text: string) =>
      withOptions(`${entitlements}/catalogs/${catalogId}/resources`, {
        $expand: 'roles',
        $search: text === '' ? '' : searched('displayName', text),
        $top: '12',
      }),
    read: (resource: Resource) => {
      known.set(resource.id, resource);
      const { id, displayName, description, originSystem } = resource;
      return {
        kind: originSystem === 'AadGroup' ? 'group' : 'role',
        id,
        displayName,
        ...(description === null ? {} : { detail: description }),
      };
    },
  } as unknown as PickSource;
  return { source, known };
}

interface GivenProps {
  readonly given: GivenRole;
  /** All that is given of the same resource. */
  readonly taken: readonly GivenRole[];
  change(role: GivenRole['role']): void;
  remove(): void;
}

function Given({ given, taken, change, remove }: GivenProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { resource, role } = given;
  const { data } = useGet<Collection<ResourceRole>>(`${entitlements}/resources/${resource.id}/roles`);
  const roles = (data?.value ?? []).filter(
    ({ originId }) => originId === role.originId || !taken.some((one) => one.role.originId === originId),
  );
  const options = (roles.length === 0 ? [role] : roles).map(({ originId, displayName }) => ({
    value: originId,
    name: displayName,
  }));
  return (
    <li className={styles.item}>
      <div className={styles.name}>
        {resource.originSystem === 'AadGroup' ? <PeopleRegular /> : <KeyRegular />}
        <div>
          <Text weight="semibold" block>
            {resource.displayName}
          </Text>
          <WhatItHolds resource={resource} />
        </div>
      </div>
      <Choice
        className={styles.role}
        label={t('packages-admin.roleOf', { name: resource.displayName })}
        value={role.originId}
        options={options}
        change={(originId) => {
          const next = roles.find((one) => one.originId === originId);
          if (next === undefined) return;
          const { displayName, originSystem } = next;
          change({ originId, displayName, originSystem });
        }}
      />
      <Button
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={t('parts.removeThing', { name: resource.displayName })}
        onClick={remove}
      />
    </li>
  );
}
