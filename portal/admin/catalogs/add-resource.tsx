import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { refresh } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { assignedGroupsSource, directoryRolesSource } from '../../parts/pick-sources.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useToast } from '../../parts/toast.tsx';
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
  const toast = useToast();
  const client = useQueryClient();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const add = async () => {
    try {
      let left = picked;
      for (const one of picked) {
        await call(`${entitlements}/resourceRequests`, { method: 'POST', body: addition(catalog.id, one) });
        left = left.filter(({ id }) => id !== one.id);
        // What is in the catalog is no longer asked for, also when the next one is refused.
        setPicked(left);
      }
      toast.done(t('catalogs.resources.done', { count: picked.length }));
    } finally {
      await refresh(client);
    }
  };
  return (
    <Confirm
      trigger={
        <Button icon={<AddRegular />} onClick={() => setPicked([])}>
          {t('catalogs.resources.add')}
        </Button>
      }
      title={t('catalogs.resources.addTitle', { name: catalog.displayName })}
      confirmLabel={t('parts.add')}
      isIncomplete={picked.length === 0}
      confirm={add}
    >
      {(refusal) => (
        <Picker
          label={t('catalogs.resources.pick')}
          hint={t('catalogs.resources.pickHint')}
          sources={sources}
          value={picked}
          required
          error={saidAt(faultsOf(refusal), 'resource')}
          change={setPicked}
        />
      )}
    </Confirm>
  );
}

const sources = [assignedGroupsSource, directoryRolesSource];
