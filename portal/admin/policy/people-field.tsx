import { groupsSource, usersSource } from '../../parts/pick-sources.ts';
import type { Picked, PickSource } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import type { SubjectSet } from './draft.ts';
import { usePolicyForm } from './form.tsx';
import { setOf } from './people.ts';

const usersAndGroups: readonly PickSource[] = [usersSource, groupsSource];

interface Props {
  readonly label: string;
  readonly sets: readonly SubjectSet[];
  /** Where they stand in the policy: what the server says about them is said here. */
  readonly path: string;
  readonly sources?: readonly PickSource[];
  /** Relations that may be picked beside people and groups. */
  readonly fixed?: readonly Picked[];
  readonly hint?: string;
  readonly required?: boolean;
  change(sets: readonly SubjectSet[]): void;
}

/** Users and groups, and people by how they stand to the requestor, as a policy names them. */
export function PeopleField({
  label,
  sets,
  path,
  sources = usersAndGroups,
  fixed = [],
  hint,
  required,
  change,
}: Props) {
  const form = usePolicyForm();
  return (
    <Picker
      label={label}
      sources={sources}
      fixed={fixed}
      value={form.picked(sets)}
      required={required ?? false}
      error={form.said(path)}
      {...(hint === undefined ? {} : { hint })}
      change={(picked) => change(picked.map(setOf))}
    />
  );
}
