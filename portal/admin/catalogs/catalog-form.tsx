import { Button, Field, Input, Switch, Textarea } from '@fluentui/react-components';
import { AddRegular, EditRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CatalogBody } from '../../../src/entitlements/catalog/contract.ts';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Fault, faultsOf, saidAt } from '../../parts/fault.ts';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { type Catalog, entitlements } from '../wire.ts';

const blank: CatalogBody = { displayName: '', description: null, state: 'published', isExternallyVisible: false };

/** The button that makes a catalog, with its form. */
export function NewCatalog() {
  const { t } = useWords();
  const navigate = useNavigate();
  const send = useSend<Catalog>();
  const [body, setBody] = useState(blank);
  return (
    <Confirm
      trigger={
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setBody(blank)}>
          {t('catalogs.new')}
        </Button>
      }
      title={t('catalogs.new')}
      confirmLabel={t('catalogs.create')}
      isIncomplete={(body.displayName ?? '').trim() === ''}
      confirm={async () => {
        const { id } = await send.mutateAsync({ method: 'POST', path: `${entitlements}/catalogs`, body });
        await navigate({ to: `/admin/catalogs/${id}` });
      }}
    >
      {(refusal) => <CatalogFields body={body} change={setBody} faults={faultsOf(refusal)} />}
    </Confirm>
  );
}

/** The button that changes a catalog, with its form. */
export function EditCatalog({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const { displayName, description, state, isExternallyVisible } = catalog;
  const present: CatalogBody = { displayName, description, state, isExternallyVisible };
  const [body, setBody] = useState(present);
  return (
    <Confirm
      trigger={
        <Button icon={<EditRegular />} onClick={() => setBody(present)}>
          {t('catalogs.edit')}
        </Button>
      }
      title={t('catalogs.edit')}
      confirmLabel={t('parts.save')}
      isIncomplete={(body.displayName ?? '').trim() === ''}
      confirm={async () => {
        await send.mutateAsync({ method: 'PATCH', path: `${entitlements}/catalogs/${catalog.id}`, body });
        toast.done(t('catalogs.saved'));
      }}
    >
      {(refusal) => <CatalogFields body={body} change={setBody} faults={faultsOf(refusal)} />}
    </Confirm>
  );
}

interface FieldsProps {
  readonly body: CatalogBody;
  readonly faults: readonly Fault[];
  change(body: CatalogBody): void;
}

function CatalogFields({ body, faults, change }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Field label={t('catalogs.name')} required validationMessage={saidAt(faults, 'displayName')}>
        <Input
          value={body.displayName ?? ''}
          maxLength={256}
          onChange={(_event, { value }) => change({ ...body, displayName: value })}
        />
      </Field>
      <Field label={t('catalogs.description')} validationMessage={saidAt(faults, 'description')}>
        <Textarea
          value={body.description ?? ''}
          resize="vertical"
          maxLength={4096}
          onChange={(_event, { value }) => change({ ...body, description: value === '' ? null : value })}
        />
      </Field>
      <Field hint={t('catalogs.publishedHint')} validationMessage={saidAt(faults, 'state')}>
        <Switch
          label={t('catalogs.published')}
          checked={body.state === 'published'}
          onChange={(_event, { checked }) => change({ ...body, state: checked ? 'published' : 'unpublished' })}
        />
      </Field>
      <Field hint={t('catalogs.externalHint')} validationMessage={saidAt(faults, 'isExternallyVisible')}>
        <Switch
          label={t('catalogs.externallyVisible')}
          checked={body.isExternallyVisible ?? false}
          onChange={(_event, { checked }) => change({ ...body, isExternallyVisible: checked })}
        />
      </Field>
    </>
  );
}
