import { Field, Input, Switch, Textarea } from '@fluentui/react-components';
import { Section } from '../../../parts/page.tsx';
import type { PickSource } from '../../../parts/picked.ts';
import { withOptions } from '../../../parts/picked.ts';
import { Picker } from '../../../parts/picker.tsx';
import { useWords } from '../../../words/use-words.ts';
import { type Catalog, entitlements } from '../../wire.ts';
import type { StepProps } from './step.ts';

const catalogsSource = {
  kind: 'catalog',
  path: (text: string) =>
    withOptions(`${entitlements}/catalogs`, {
      $select: 'id,displayName,description',
      $search: text === '' ? '' : `"displayName:${text.replaceAll('"', '')}"`,
      $top: '12',
    }),
  read: ({ id, displayName, description }: Catalog) => ({
    kind: 'catalog',
    id,
    displayName,
    ...(description === null ? {} : { detail: description }),
  }),
} as unknown as PickSource;

/** What the package is called, what it is for, and where it belongs. */
export function BasicsStep({ draft, change, said }: StepProps) {
  const { t } = useWords();
  const isMade = draft.made.packageId !== null;
  return (
    <Section title={t('packages-admin.step.basics')}>
      <Field label={t('packages-admin.name')} required validationMessage={said('displayName')}>
        <Input
          value={draft.displayName}
          maxLength={256}
          onChange={(_event, { value }) => change({ displayName: value })}
        />
      </Field>
      <Field
        label={t('packages-admin.description')}
        hint={t('packages-admin.descriptionHint')}
        required
        validationMessage={said('description')}
      >
        <Textarea
          value={draft.description}
          resize="vertical"
          maxLength={4096}
          onChange={(_event, { value }) => change({ description: value })}
        />
      </Field>
      <Picker
        label={t('packages-admin.catalog')}
        hint={t(isMade ? 'packages-admin.catalogStays' : 'packages-admin.catalogHint')}
        sources={[catalogsSource]}
        value={draft.catalog === null ? [] : [draft.catalog]}
        isSingle
        required
        disabled={isMade}
        error={said('catalog')}
        // What another catalog has, this package cannot give.
        change={([catalog = null]) => change({ catalog, roles: catalog?.id === draft.catalog?.id ? draft.roles : [] })}
      />
      <Field hint={t('packages-admin.hideHint')}>
        <Switch
          label={t('packages-admin.hide')}
          checked={draft.isHidden}
          onChange={(_event, { checked }) => change({ isHidden: checked })}
        />
      </Field>
    </Section>
  );
}
