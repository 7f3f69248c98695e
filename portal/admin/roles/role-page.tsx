import { useParams } from '@tanstack/react-router';
import { may, useMe } from '../../api/me.ts';
import { useGet } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useWords } from '../../words/use-words.ts';
import { Assignments } from '../pim/assignments.tsx';
import { PimSettings } from '../pim/settings.tsx';
import { RoleBadges } from './roles-page.tsx';
import { type RoleDefinition, roleProperties } from './wire.ts';

/** A directory role: who is eligible, who has it, what activating it takes. */
export function RolePage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const { roleId } = useParams({ strict: false }) as { roleId: string };
  const { data: role, error } = useGet<RoleDefinition>(
    `/v1.0/roleManagement/directory/roleDefinitions/${roleId}?$select=${roleProperties}`,
  );
  if (role === undefined) return error === null ? <Loading /> : <RefusalNote error={error} />;
  return (
    <Page title={role.displayName} text={role.description ?? undefined} actions={<RoleBadges role={role} />}>
      <Tabs
        label={t('directory.role.tabs')}
        tabs={[
          {
            id: 'assignments',
            title: t('directory.role.assignments'),
            content: () => (
              <Assignments subject={{ of: 'role', roleId: role.id }} mayAssign={may(me, 'roleEligibility.manage')} />
            ),
          },
          {
            id: 'settings',
            title: t('directory.group.settings'),
            content: () => (
              <PimSettings
                title={t('pim.settings')}
                of={{ scope: 'DirectoryRole', scopeId: '/', roleDefinitionId: role.id }}
                mayChange={may(me, 'roleManagementPolicy.updateForRole')}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}
