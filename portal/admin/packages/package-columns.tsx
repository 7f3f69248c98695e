import { Badge } from '@fluentui/react-components';
import { PageLink } from '../../parts/page-link.tsx';
import type { Column } from '../../parts/rows.tsx';
import { Time } from '../../parts/time.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import type { AccessPackage } from '../wire.ts';

/** The columns of a list of packages. */
export function usePackageColumns(): readonly Column<AccessPackage>[] {
  const { t } = useWords();
  return [
    {
      id: 'name',
      title: t('packages-admin.name'),
      width: 'minmax(0, 3fr)',
      isPlain: true,
      cell: ({ id, displayName, description }) => (
        <>
          <PageLink to={`/admin/packages/${id}`}>{displayName}</PageLink>
          <Detail text={description} />
        </>
      ),
    },
    {
      id: 'catalog',
      title: t('packages-admin.catalog'),
      cell: ({ catalog }) =>
        catalog === undefined ? null : <PageLink to={`/admin/catalogs/${catalog.id}`}>{catalog.displayName}</PageLink>,
    },
    {
      id: 'hidden',
      title: t('packages-admin.visible'),
      cell: ({ isHidden }) => (
        <Badge appearance="tint" color={isHidden ? 'informative' : 'success'}>
          {t(isHidden ? 'packages-admin.hidden' : 'packages-admin.shown')}
        </Badge>
      ),
    },
    {
      id: 'modified',
      title: t('packages-admin.modified'),
      cell: ({ modifiedDateTime }) => <Time at={modifiedDateTime} />,
    },
  ];
}
