import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { PersonAvailableRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { may, useMe } from '../../../api/me.ts';
import { type Collection, useGet, usePages } from '../../../api/queries.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Filter, Filters } from '../../../parts/filters.tsx';
import { PageLink } from '../../../parts/page-link.tsx';
import { PickIcon } from '../../../parts/pick-icon.tsx';
import { literal, withOptions } from '../../../parts/picked.ts';
import { type Column, Rows } from '../../../parts/rows.tsx';
import { SearchField } from '../../../parts/search-field.tsx';
import { StoryLink } from '../../../parts/story-link.tsx';
import { Time } from '../../../parts/time.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { useWords } from '../../../words/use-words.ts';
import { Detail } from '../../detail.tsx';
import { entitlements, type NamedThing, type WholePackage } from '../../wire.ts';
import { Assign } from './assign.tsx';
import { ChangeEnd } from './change-end.tsx';
import { RemoveAssignments } from './remove-assignments.tsx';
import { type Assignment, nameOf } from './wire.ts';

const useStyles = makeStyles({
  who: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', minWidth: 0 },
  words: { minWidth: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** Who has the package, until when and why then; given directly, moved and taken away. */
export function AssignmentsTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const address = useAddress();
  const [search, policyId] = [address.get('q'), address.get('policy')];
  const state = address.get('state') === '' ? 'delivered' : address.get('state');
  const [selected, setSelected] = useState<ReadonlyMap<string, Assignment>>(new Map());
  const mayAssign = may(me, 'assignmentRequest.submitAsAdministrator');
  const { data: policies } = useGet<Collection<NamedThing>>(
    `${entitlements}/accessPackages/${accessPackage.id}/assignmentPolicies?$select=id,displayName`,
  );
  const filters = [
    `accessPackageId eq ${literal(accessPackage.id)}`,
    ...(state === 'all' ? [] : [`state eq ${literal(state)}`]),
    ...(policyId === '' ? [] : [`policyId eq ${literal(policyId)}`]),
    ...(search === ''
      ? []
      : [`(contains(target/displayName,${literal(search)}) or contains(target/principalName,${literal(search)}))`]),
  ];
  const pages = usePages<Assignment>(
    withOptions('/sallyport/assignments', {
      $filter: filters.join(' and '),
      $expand: 'target,policy',
      $count: 'true',
      $top: '50',
    }),
  );
  const narrow = (values: Readonly<Record<string, string>>) => {
    setSelected(new Map());
    address.set(values);
  };
  const select = (assignment: Assignment, isOn: boolean) => {
    const next = new Map(selected);
    if (isOn) next.set(assignment.id, assignment);
    else next.delete(assignment.id);
    setSelected(next);
  };
  // What has ended meanwhile, by another hand or by time, is not selected any more.
  const chosen = pages.items.filter(({ id, state: now }) => selected.has(id) && now === 'delivered');
  const isNarrowed = search !== '' || policyId !== '' || state !== 'delivered';
  return (
    <>
      <Filters>
        <SearchField label={t('assignments.search')} value={search} change={(q) => narrow({ q })} />
        <Filter
          label={t('assignments.state')}
          all={t('assignments.state.delivered')}
          value={state === 'delivered' ? '' : state}
          options={[
            { value: 'expired', name: t('assignments.state.expired') },
            { value: 'all', name: t('assignments.state.all') },
          ]}
          change={(next) => narrow({ state: next })}
        />
        <Filter
          label={t('assignments.policy')}
          all={t('assignments.policy.all')}
          value={policyId}
          options={(policies?.value ?? []).map(({ id, displayName }) => ({ value: id, name: displayName }))}
          change={(policy) => narrow({ policy })}
        />
        {mayAssign ? (
          <>
            <Assign accessPackage={accessPackage} />
            {chosen.length === 0 ? null : (
              <RemoveAssignments assignments={chosen} done={() => setSelected(new Map())} />
            )}
          </>
        ) : null}
      </Filters>
      <Rows
        label={t('packages-admin.tab.assignments')}
        pages={pages}
        columns={useColumns(mayAssign, (one) => selected.has(one.id), select)}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<PersonAvailableRegular />}
            title={t(isNarrowed ? 'assignments.noneFound' : 'assignments.none')}
            text={t(isNarrowed ? 'packages-admin.noneFoundText' : 'assignments.noneText')}
          />
        }
      />
    </>
  );
}

function useColumns(
  mayAssign: boolean,
  isSelected: (one: Assignment) => boolean,
  select: (one: Assignment, isOn: boolean) => void,
): readonly Column<Assignment>[] {
  const styles = useStyles();
  const { t } = useWords();
  const columns: Column<Assignment>[] = [
    {
      id: 'who',
      title: t('assignments.who'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: (one) => (
        <div className={styles.who}>
          {mayAssign && one.state === 'delivered' ? (
            <Checkbox
              aria-label={t('assignments.select', { name: nameOf(one) })}
              checked={isSelected(one)}
              onChange={(_event, { checked }) => select(one, checked === true)}
            />
          ) : null}
          <PickIcon kind="user" name={nameOf(one)} size={28} />
          <div className={styles.words}>
            <PageLink to={`/admin/users/${one.target.id}`}>{nameOf(one)}</PageLink>
            <Detail text={one.target.principalName} />
          </div>
        </div>
      ),
    },
    { id: 'policy', title: t('assignments.policy'), cell: ({ policy }) => <Text>{policy?.displayName ?? '–'}</Text> },
    { id: 'start', title: t('assignments.start'), cell: ({ startDateTime }) => <Time at={startDateTime} as="short" /> },
    {
      id: 'end',
      title: t('assignments.end'),
      width: 'minmax(0, 1.4fr)',
      cell: ({ endDateTime, endsBecause: { reason }, state }) => (
        <>
          <Time at={endDateTime} as={state === 'expired' ? 'short' : 'relative'} />
          <Detail text={reason === null ? null : t(`assignments.because.${reason}`)} />
        </>
      ),
    },
  ];
  if (!mayAssign) return columns;
  const actions: Column<Assignment> = {
    id: 'actions',
    title: t('parts.actions'),
    width: 'minmax(0, 1.3fr)',
    isPlain: true,
    cell: (one) =>
      one.state === 'expired' ? (
        <div className={styles.actions}>
          <Text>{t('assignments.ended')}</Text>
          <StoryLink of={one.id} size="small" />
        </div>
      ) : (
        <div className={styles.actions}>
          <ChangeEnd assignment={one} />
          <RemoveAssignments assignments={[one]} isInRow />
          <StoryLink of={one.id} size="small" />
        </div>
      ),
  };
  return [...columns, actions];
}
