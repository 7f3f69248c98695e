import { type Collection, useGet } from '../../api/queries.ts';
import { literal, withOptions } from '../../parts/picked.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import type { NamedThing, Resource } from '../wire.ts';

interface Held {
  readonly id: string;
  readonly roleDefinition?: NamedThing;
}

/** Which directory roles a group holds: what its members come to. Nothing is said to those who may not know. */
export function WhatItHolds({ resource }: { readonly resource: Pick<Resource, 'originId' | 'originSystem'> }) {
  const { t, intl } = useWords();
  const isGroup = resource.originSystem === 'AadGroup';
  const path = (set: string) =>
    withOptions(`/v1.0/roleManagement/directory/${set}`, {
      $filter: `principalId eq ${literal(resource.originId)}`,
      $expand: 'roleDefinition($select=id,displayName)',
    });
  const { data: eligible } = useGet<Collection<Held>>(path('roleEligibilityScheduleInstances'), { enabled: isGroup });
  const { data: active } = useGet<Collection<Held>>(path('roleAssignmentScheduleInstances'), { enabled: isGroup });
  const names = (held: Collection<Held> | undefined) =>
    intl.formatList((held?.value ?? []).map(({ roleDefinition }) => roleDefinition?.displayName ?? ''));
  if (!isGroup) return <Detail text={t('catalogs.role')} />;
  const parts = [
    ...((eligible?.value.length ?? 0) > 0 ? [t('packages-admin.holdsEligible', { roles: names(eligible) })] : []),
    ...((active?.value.length ?? 0) > 0 ? [t('packages-admin.holdsActive', { roles: names(active) })] : []),
  ];
  return <Detail text={parts.length === 0 ? t('catalogs.group') : parts.join(' · ')} />;
}
