import { Page } from '../parts/page.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useWords } from '../words/use-words.ts';
import { Available } from './available.tsx';
import { ActiveAssignments, ExpiredAssignments } from './held.tsx';

/** Packages: those to ask for, those one has, those one had. */
export function PackagesPage() {
  const { t } = useWords();
  return (
    <Page title={t('shell.nav.packages')} text={t('access.text')}>
      <Tabs
        label={t('shell.nav.packages')}
        tabs={[
          { id: 'available', title: t('access.available'), content: () => <Available /> },
          { id: 'active', title: t('access.active'), content: () => <ActiveAssignments /> },
          { id: 'expired', title: t('access.expired'), content: () => <ExpiredAssignments /> },
        ]}
      />
    </Page>
  );
}
