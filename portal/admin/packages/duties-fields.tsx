import { groupsSource } from '../../parts/pick-sources.ts';
import { type Picked, type PickSource, searched, withOptions } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useWords } from '../../words/use-words.ts';
import { type AccessPackage, entitlements } from '../wire.ts';

/** Access packages, by name. */
export const packagesSource = {
  kind: 'package',
  path: (text: string) =>
    withOptions(`${entitlements}/accessPackages`, {
      $select: 'id,displayName,description',
      $search: text === '' ? '' : searched('displayName', text),
      $top: '12',
    }),
  read: ({ id, displayName, description }: AccessPackage) => ({
    kind: 'package',
    id,
    displayName,
    ...(description === null ? {} : { detail: description }),
  }),
} as unknown as PickSource;

interface Props {
  readonly value: readonly Picked[];
  change(value: readonly Picked[]): void;
}

/** What the package cannot be had together with. */
export function DutiesFields({ value, change }: Props) {
  const { t } = useWords();
  const of = (kind: Picked['kind']) => value.filter((one) => one.kind === kind);
  return (
    <>
      <Picker
        label={t('packages-admin.incompatiblePackages')}
        hint={t('packages-admin.incompatiblePackagesHint')}
        sources={[packagesSource]}
        value={of('package')}
        change={(packages) => change([...packages, ...of('group')])}
      />
      <Picker
        label={t('packages-admin.incompatibleGroups')}
        hint={t('packages-admin.incompatibleGroupsHint')}
        sources={[groupsSource]}
        value={of('group')}
        change={(groups) => change([...of('package'), ...groups])}
      />
    </>
  );
}
