import { Button, Field, Input, Switch, Textarea } from '@fluentui/react-components';
import { DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { type AccessPackage, entitlements } from '../wire.ts';

/** What may be done with a package as a whole. */
export function PackageActions({ accessPackage }: { readonly accessPackage: AccessPackage }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const navigate = useNavigate();
  const send = useSend();
  const { id, displayName } = accessPackage;
  const remove = async () => {
    await send.mutateAsync({ method: 'DELETE', path: `${entitlements}/accessPackages/${id}` });
    await navigate({ to: '/admin/packages' });
  };
  return (
    <>
      <CopyButton text={`${location.origin}/packages/${id}`} label={t('packages-admin.copyLink')} />
      {may(me, 'accessPackage.update') ? <EditPackage accessPackage={accessPackage} /> : null}
      {may(me, 'accessPackage.delete') ? (
        <Confirm
          trigger={<Button icon={<DeleteRegular />}>{t('catalogs.delete')}</Button>}
          title={t('catalogs.deleteTitle', { name: displayName })}
          confirmLabel={t('catalogs.delete')}
          confirm={remove}
        >
          {t('packages-admin.deleteText')}
        </Confirm>
      ) : null}
    </>
  );
}

function EditPackage({ accessPackage }: { readonly accessPackage: AccessPackage }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const present = {
    displayName: accessPackage.displayName,
    description: accessPackage.description ?? '',
    isHidden: accessPackage.isHidden,
  };
  const [body, setBody] = useState(present);
  return (
    <Confirm
      trigger={
        <Button icon={<EditRegular />} onClick={() => setBody(present)}>
          {t('catalogs.edit')}
        </Button>
      }
      title={t('packages-admin.edit')}
      confirmLabel={t('parts.save')}
      isIncomplete={body.displayName.trim() === ''}
      confirm={async () => {
        const description = body.description === '' ? null : body.description;
        await send.mutateAsync({
          method: 'PATCH',
          path: `${entitlements}/accessPackages/${accessPackage.id}`,
          body: { ...body, description },
        });
        toast.done(t('packages-admin.saved'));
      }}
    >
      {(refusal) => (
        <>
          <Field label={t('packages-admin.name')} required validationMessage={saidAt(faultsOf(refusal), 'displayName')}>
            <Input
              value={body.displayName}
              maxLength={256}
              onChange={(_event, { value }) => setBody({ ...body, displayName: value })}
            />
          </Field>
          <Field
            label={t('packages-admin.description')}
            hint={t('packages-admin.descriptionHint')}
            validationMessage={saidAt(faultsOf(refusal), 'description')}
          >
            <Textarea
              value={body.description}
              resize="vertical"
              maxLength={4096}
              onChange={(_event, { value }) => setBody({ ...body, description: value })}
            />
          </Field>
          <Field hint={t('packages-admin.hideHint')}>
            <Switch
              label={t('packages-admin.hide')}
              checked={body.isHidden}
              onChange={(_event, { checked }) => setBody({ ...body, isHidden: checked })}
            />
          </Field>
        </>
      )}
    </Confirm>
  );
}
