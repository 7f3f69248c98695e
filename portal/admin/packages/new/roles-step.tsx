import { Loading } from '../../../parts/loading.tsx';
import { Section } from '../../../parts/page.tsx';
import { useWords } from '../../../words/use-words.ts';
import { RolePicker } from '../role-picker.tsx';
import type { StepProps } from './step.ts';

/** What the package gives: roles of resources of its catalog. */
export function RolesStep({ draft, change }: StepProps) {
  const { t } = useWords();
  if (draft.catalog === null) return <Loading />;
  return (
    <Section title={t('packages-admin.step.roles')}>
      <RolePicker catalog={draft.catalog} value={draft.roles} change={(roles) => change({ roles })} />
    </Section>
  );
}
