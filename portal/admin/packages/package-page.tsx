import { useParams } from '@tanstack/react-router';
import { useGet } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { Trail } from '../../parts/page-link.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useWords } from '../../words/use-words.ts';
import { entitlements, type WholePackage } from '../wire.ts';
import { AssignmentsTab } from './assignments/assignments-tab.tsx';
import { DutiesTab } from './duties-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { PackageActions } from './package-actions.tsx';
import { PoliciesTab } from './policies-tab.tsx';
import { RequestsTab } from './requests/requests-tab.tsx';
import { RolesTab } from './roles-tab.tsx';
import { UseTab } from './use-tab.tsx';

/** One access package: what it gives, by which policies, to whom, and who asks for it. */
export function PackagePage() {
  const { t } = useWords();
  const { packageId } = useParams({ strict: false }) as { packageId: string };
  const { data, error, refetch } = useGet<WholePackage>(
    `${entitlements}/accessPackages/${packageId}?$expand=catalog($select=id,displayName)`,
  );
  const trail = <Trail steps={[{ to: '/admin/packages', name: t('shell.nav.admin.packages') }]} />;
  if (data === undefined) {
    return (
      <Page trail={trail} title={t('packages-admin.one')}>
        {error === null ? <Loading /> : <RefusalNote error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  const tabs = [
    { id: 'overview', content: () => <OverviewTab accessPackage={data} /> },
    { id: 'roles', content: () => <RolesTab accessPackage={data} /> },
    { id: 'policies', content: () => <PoliciesTab accessPackage={data} /> },
    { id: 'duties', content: () => <DutiesTab accessPackage={data} /> },
    { id: 'assignments', content: () => <AssignmentsTab accessPackage={data} /> },
    { id: 'requests', content: () => <RequestsTab accessPackage={data} /> },
    { id: 'used', content: () => <UseTab accessPackage={data} /> },
  ] as const;
  return (
    <Page
      trail={trail}
      title={data.displayName}
      text={data.description}
      actions={<PackageActions accessPackage={data} />}
    >
      <Tabs
        label={t('packages-admin.one')}
        tabs={tabs.map(({ id, content }) => ({ id, title: t(`packages-admin.tab.${id}`), content }))}
      />
    </Page>
  );
}
