import { call } from '../../api/client.ts';
import { AddSeveral } from '../../parts/add-several.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { assignedGroupsSource, directoryRolesSource } from '../../parts/pick-sources.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useWords } from '../../words/use-words.ts';
import { type Catalog, entitlements } from '../wire.ts';

/** The body that adds a group or a role to a catalog. */
function addition(catalogId: string, { id, kind }: Pick<Picked, 'id' | 'kind'>) {
  return {
    requestType: 'adminAdd',
    resource: { originId: id, originSystem: kind === 'role' ? 'DirectoryRole' : 'AadGroup' },
    catalog: { id: catalogId },
  };
}

/** The button that adds groups and roles to a catalog. */
export function AddResource({ catalog }: { readonly catalog: Pick<Catalog, 'id' | 'displayName'> }) {
  const { t } = useWords();
  return (
    <AddSeveral<Picked>
      label={t('catalogs.resources.add')}
      title={t('catalogs.resources.addTitle', { name: catalog.displayName })}
      confirmLabel={t('parts.add')}
      send={(one) => call(`${entitlements}/resourceRequests`, { method: 'POST', body: addition(catalog.id, one) })}
      done={(count) => t('catalogs.resources.done', { count })}
    >
      {({ value, refusal, change }) => (
        <Picker
          label={t('catalogs.resources.pick')}
          hint={t('catalogs.resources.pickHint')}
          sources={sources}
          value={value}
          required
          error={saidAt(faultsOf(refusal), 'resource')}
          change={change}
        />
      )}
    </AddSeveral>
  );
}

const sources = [assignedGroupsSource, directoryRolesSource];
