import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { DeleteRegular, ShieldDismissRegular } from '@fluentui/react-icons';
import { call } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { type Collection, type Pages, useGet, usePages, useSend } from '../../api/queries.ts';
import { AddSeveral } from '../../parts/add-several.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Section } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import type { Picked } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { entitlements, type NamedThing, type WholePackage } from '../wire.ts';
import { DutiesFields } from './duties-fields.tsx';
import { referenceTo } from './new/making.ts';

type Excluded = NamedThing & { readonly description: string | null };
type Kind = 'package' | 'group';

const navigation = { package: 'incompatibleAccessPackages', group: 'incompatibleGroups' } as const;
const pages = { package: '/admin/packages', group: '/admin/groups' } as const;

/** What a package cannot be had together with. */
export function DutiesTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const at = `${entitlements}/accessPackages/${accessPackage.id}`;
  const packages = usePages<Excluded>(`${at}/incompatibleAccessPackages?$select=id,displayName,description`);
  const groups = usePages<Excluded>(`${at}/incompatibleGroups?$select=id,displayName,description`);
  const mayChange = may(me, 'accessPackage.update');
  return (
    <>
      <Text as="p" block>
        {t('packages-admin.dutiesText')}
      </Text>
      {mayChange ? (
        <Filters>
          <AddDuties accessPackage={accessPackage} />
        </Filters>
      ) : null}
      <Excluding kind="package" excluded={packages} accessPackage={accessPackage} mayChange={mayChange} />
      <Excluding kind="group" excluded={groups} accessPackage={accessPackage} mayChange={mayChange} />
    </>
  );
}

interface ExcludingProps {
  readonly kind: Kind;
  readonly excluded: Pages<Excluded>;
  readonly accessPackage: WholePackage;
  readonly mayChange: boolean;
}

function Excluding({ kind, excluded, accessPackage, mayChange }: ExcludingProps) {
  const { t } = useWords();
  const title = t(kind === 'package' ? 'packages-admin.incompatiblePackages' : 'packages-admin.incompatibleGroups');
  const columns: Column<Excluded>[] = [
    {
      id: 'name',
      title: t('packages-admin.name'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ id, displayName, description }) => (
        <>
          <PageLink to={`${pages[kind]}/${id}`}>{displayName}</PageLink>
          <Detail text={description} />
        </>
      ),
    },
    ...(kind === 'package'
      ? [
          {
            id: 'both',
            title: t('packages-admin.haveBoth'),
            cell: ({ id }: Excluded) => <HaveBoth packageId={accessPackage.id} otherId={id} />,
          },
        ]
      : []),
    ...(mayChange
      ? [
          {
            id: 'remove',
            title: t('parts.actions'),
            width: '110px',
            isPlain: true,
            cell: (one: Excluded) => <RemoveDuty kind={kind} one={one} accessPackage={accessPackage} />,
          },
        ]
      : []),
  ];
  return (
    <Section title={title}>
      <Rows
        label={title}
        pages={excluded}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<ShieldDismissRegular />}
            title={t('packages-admin.noDuties')}
            text={t(
              kind === 'package' ? 'packages-admin.incompatiblePackagesHint' : 'packages-admin.incompatibleGroupsHint',
            )}
          />
        }
      />
    </Section>
  );
}

/** Who has both already: access stays until it ends or is removed. */
function HaveBoth({ packageId, otherId }: { readonly packageId: string; readonly otherId: string }) {
  const { t, intl } = useWords();
  const call = `additionalAccess(accessPackageId='${packageId}',incompatibleAccessPackageId='${otherId}')`;
  const { data } = useGet<Collection<{ readonly target?: { readonly displayName: string | null } | null }>>(
    `${entitlements}/assignments/${call}?$expand=target`,
  );
  const names = (data?.value ?? []).map(({ target }) => target?.displayName ?? '');
  return <Text>{names.length === 0 ? t('packages-admin.nobody') : intl.formatList(names)}</Text>;
}

interface RemoveProps {
  readonly kind: Kind;
  readonly one: Excluded;
  readonly accessPackage: WholePackage;
}

function RemoveDuty({ kind, one, accessPackage }: RemoveProps) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const name = one.displayName;
  return (
    <Confirm
      trigger={
        <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={t('parts.removeThing', { name })}>
          {t('parts.remove')}
        </Button>
      }
      title={t('packages-admin.removeDutyTitle', { name })}
      confirmLabel={t('parts.remove')}
      confirm={async () => {
        const path = `${entitlements}/accessPackages/${accessPackage.id}/${navigation[kind]}/${one.id}/$ref`;
        await send.mutateAsync({ method: 'DELETE', path });
        toast.done(t('packages-admin.dutyRemoved', { name }));
      }}
    >
      {t('packages-admin.removeDutyText', { name, package: accessPackage.displayName })}
    </Confirm>
  );
}

function AddDuties({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const send = (one: Picked) => {
    const path = `${entitlements}/accessPackages/${accessPackage.id}/${navigation[one.kind === 'group' ? 'group' : 'package']}/$ref`;
    return call(path, { method: 'POST', body: referenceTo(one) });
  };
  return (
    <AddSeveral<Picked>
      label={t('packages-admin.addDuties')}
      title={t('packages-admin.addDutiesTitle', { name: accessPackage.displayName })}
      confirmLabel={t('parts.add')}
      send={send}
      done={() => t('packages-admin.dutiesAdded')}
    >
      {({ value, change }) => (
        <>
          <MessageBar layout="multiline">
            <MessageBarBody>{t('packages-admin.dutiesKeep')}</MessageBarBody>
          </MessageBar>
          <DutiesFields value={value} change={change} />
        </>
      )}
    </AddSeveral>
  );
}
