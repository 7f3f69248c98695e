import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { BoxCheckmarkRegular, BoxDismissRegular } from '@fluentui/react-icons';
import { useMe } from '../api/me.ts';
import { usePages } from '../api/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { Filters } from '../parts/filters.tsx';
import { PageButton, PageLink } from '../parts/page-link.tsx';
import { literal, withOptions } from '../parts/picked.ts';
import { type Column, Rows } from '../parts/rows.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Time } from '../parts/time.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../words/use-words.ts';
import { useEndCause } from './end-cause.ts';
import { Extend } from './extend.tsx';
import { GiveUp } from './give-up.tsx';
import { type Assignment, entitlements, type NamedThing } from './wire.ts';

const useStyles = makeStyles({
  detail: { display: 'block', color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What the person has now: since when, until when, and what can be done about the end. */
export function ActiveAssignments() {
  const styles = useStyles();
  const { t } = useWords();
  const { search, field, named } = useNamed();
  const pages = usePages<Assignment>(
    withOptions(`${entitlements}/assignments/filterByCurrentUser(on='target')`, {
      $count: 'true',
      $top: '50',
      $filter: `state eq 'delivered'${named}`,
      $expand: 'accessPackage($select=id,displayName,description),assignmentPolicy',
    }),
  );
  const columns: Column<Assignment>[] = [
    {
      id: 'name',
      title: t('access.package'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ accessPackage, assignmentPolicy }) => (
        <Named of={accessPackage} detail={assignmentPolicy?.displayName} />
      ),
    },
    {
      id: 'start',
      title: t('access.started'),
      cell: ({ schedule }) => <Time at={schedule?.startDateTime ?? null} as="short" />,
    },
    {
      id: 'end',
      title: t('access.ends'),
      cell: ({ schedule }) => <End at={schedule?.expiration.endDateTime ?? null} />,
    },
    {
      id: 'actions',
      title: t('access.actions'),
      width: 'minmax(200px, max-content)',
      isPlain: true,
      cell: (assignment) => (
        <span className={styles.actions}>
          {(assignment.assignmentPolicy?.requestorSettings.enableTargetsToSelfUpdateAccess ?? false) ? (
            <Extend assignment={assignment} />
          ) : null}
          {(assignment.assignmentPolicy?.requestorSettings.enableTargetsToSelfRemoveAccess ?? true) ? (
            <GiveUp assignment={assignment} />
          ) : null}
        </span>
      ),
    },
  ];
  return (
    <>
      {field}
      <Rows
        label={t('access.active')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<BoxCheckmarkRegular />}
            title={t(search === '' ? 'access.active.none' : 'access.noneFound')}
            text={t(search === '' ? 'access.active.noneText' : 'access.noneFoundText')}
          />
        }
      />
    </>
  );
}

/** `sallyport.assignment`. */
interface EndedAssignment {
  readonly id: string;
  readonly accessPackageId: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly endsBecause: { readonly reason: string | null };
  readonly accessPackage: NamedThing | null;
  readonly policy: NamedThing | null;
}

/** What the person had: when it ended, and why. */
export function ExpiredAssignments() {
  const { t } = useWords();
  const { data: me } = useMe();
  const { search, field, named } = useNamed();
  const pages = usePages<EndedAssignment>(
    withOptions('/sallyport/assignments', {
      $count: 'true',
      $top: '50',
      $filter: `state eq 'expired' and targetId eq ${literal(me?.id ?? '')}${named}`,
      $orderby: 'endDateTime desc',
      $expand: 'accessPackage,policy($select=id,displayName)',
    }),
    { enabled: me !== undefined },
  );
  const causeOf = useEndCause();
  const columns: Column<EndedAssignment>[] = [
    {
      id: 'name',
      title: t('access.package'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ accessPackage, policy }) => <Named of={accessPackage} detail={policy?.displayName} />,
    },
    { id: 'start', title: t('access.started'), cell: ({ startDateTime }) => <Time at={startDateTime} as="short" /> },
    { id: 'end', title: t('access.endedAt'), cell: ({ endDateTime }) => <Time at={endDateTime} as="short" /> },
    { id: 'because', title: t('access.ended.why'), cell: ({ endsBecause }) => causeOf(endsBecause.reason ?? 'policy') },
    {
      id: 'actions',
      title: t('access.actions'),
      width: 'max-content',
      isPlain: true,
      cell: ({ accessPackage, accessPackageId }) => (
        <PageButton
          size="small"
          to={`/packages/${accessPackageId}`}
          aria-label={t('access.actionOn', { action: t('access.again'), name: accessPackage?.displayName ?? '' })}
        >
          {t('access.again')}
        </PageButton>
      ),
    },
  ];
  return (
    <>
      {field}
      <Rows
        label={t('access.expired')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<BoxDismissRegular />}
            title={t(search === '' ? 'access.expired.none' : 'access.noneFound')}
            text={t(search === '' ? 'access.expired.noneText' : 'access.noneFoundText')}
          />
        }
      />
    </>
  );
}

/** A search by the name of the package, in the address, and the clause that it makes. */
function useNamed() {
  const { t } = useWords();
  const address = useAddress();
  const search = address.get('q');
  return {
    search,
    named: search === '' ? '' : ` and contains(accessPackage/displayName, ${literal(search)})`,
    field: (
      <Filters>
        <SearchField label={t('access.search')} value={search} change={(q) => address.set({ q })} />
      </Filters>
    ),
  };
}

function Named({ of, detail }: { readonly of: NamedThing | null | undefined; readonly detail: string | undefined }) {
  const styles = useStyles();
  if (!of) return null;
  return (
    <>
      <PageLink to={`/packages/${of.id}`}>{of.displayName}</PageLink>
      {detail === undefined ? null : (
        <Text size={200} className={styles.detail}>
          {detail}
        </Text>
      )}
    </>
  );
}

function End({ at }: { readonly at: string | null }) {
  const styles = useStyles();
  if (at === null) return <Time at={null} />;
  return (
    <>
      <Time at={at} as="short" />
      <Text size={200} className={styles.detail}>
        <Time at={at} as="left" />
      </Text>
    </>
  );
}
