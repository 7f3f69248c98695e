import { Button, Field, Radio, RadioGroup } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { NewPassword } from '../../../src/signin/application/contract.ts';
import { call } from '../../api/client.ts';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { useWords } from '../../words/use-words.ts';
import { ApplicationFields, blank, bodyOf, CertificateField } from './fields.tsx';
import { ToldSecret } from './told-secret.tsx';
import { type Application, applications } from './wire.ts';

const proofs = ['secret', 'certificate', 'none'] as const;
type Proof = (typeof proofs)[number];

const fresh = { ...blank, isPublic: false, proof: 'secret' as Proof, certificate: '' };

/** The button that registers an application, with its form; a secret is told once when it is there. */
export function NewApplication() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { mutateAsync } = useSend<Application>();
  const [draft, setDraft] = useState(fresh);
  const [told, setTold] = useState<{ readonly id: string; readonly secret: NewPassword } | null>(null);
  const change = (part: Partial<typeof fresh>) => setDraft({ ...draft, ...part });
  const show = (id: string) => navigate({ to: `/admin/applications/${id}` });
  const isByCertificate = !draft.isPublic && draft.proof === 'certificate';
  const register = async () => {
    const body = {
      ...bodyOf(draft.isPublic ? { ...draft, permissions: [] } : draft),
      isPublicClient: draft.isPublic,
      ...(isByCertificate ? { certificate: draft.certificate } : {}),
    };
    const { id } = await mutateAsync({ method: 'POST', path: applications, body });
    if (draft.isPublic || draft.proof !== 'secret') return show(id);
    // The application is there: if there is no secret for it after all, its page says so, and makes one.
    const made = call<NewPassword>(`${applications}/${id}/addPassword`, { method: 'POST', body: {} });
    const secret = await made.catch(() => null);
    if (secret === null) return show(id);
    setTold({ id, secret });
  };
  return (
    <>
      <Confirm
        trigger={
          <Button appearance="primary" icon={<AddRegular />} onClick={() => setDraft(fresh)}>
            {t('applications.new')}
          </Button>
        }
        title={t('applications.new')}
        confirmLabel={t('applications.register')}
        isIncomplete={draft.displayName.trim() === '' || (isByCertificate && draft.certificate.trim() === '')}
        confirm={register}
      >
        {(refusal) => (
          <>
            <ApplicationFields draft={draft} isPublic={draft.isPublic} faults={faultsOf(refusal)} change={change} />
            <Field label={t('applications.kind')} hint={t('applications.kindHint')}>
              <RadioGroup
                value={draft.isPublic ? 'public' : 'confidential'}
                onChange={(_event, { value }) => change({ isPublic: value === 'public' })}
              >
                <Radio value="confidential" label={t('applications.kind.confidentialLong')} />
                <Radio value="public" label={t('applications.kind.publicLong')} />
              </RadioGroup>
            </Field>
            {draft.isPublic ? null : (
              <Field label={t('applications.proof')}>
                <RadioGroup value={draft.proof} onChange={(_event, { value }) => change({ proof: value as Proof })}>
                  {proofs.map((one) => (
                    <Radio key={one} value={one} label={t(`applications.proof.${one}`)} />
                  ))}
                </RadioGroup>
              </Field>
            )}
            {isByCertificate ? (
              <CertificateField
                value={draft.certificate}
                error={saidAt(faultsOf(refusal), 'certificate')}
                change={(certificate) => change({ certificate })}
              />
            ) : null}
          </>
        )}
      </Confirm>
      {told === null ? null : <ToldSecret secret={told.secret} close={() => void show(told.id)} />}
    </>
  );
}
