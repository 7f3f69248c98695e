import { Badge, Button, Field, Input, Text } from '@fluentui/react-components';
import { AddRegular, DeleteRegular, KeyRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { NewPassword } from '../../../src/signin/application/contract.ts';
import { onePage, useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DateTimeField } from '../../parts/date-time-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { Section } from '../../parts/page.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { CertificateField } from './fields.tsx';
import { ToldSecret } from './told-secret.tsx';
import { type Application, applications, type Credential, credentialsOf } from './wire.ts';

interface Props {
  readonly application: Application;
  /** Whether the person may give and take away any. */
  readonly mayManage: boolean;
}

/** The secrets and certificates of an application, with when each ends. */
export function Credentials({ application, mayManage }: Props) {
  const { t } = useWords();
  const query = useGet<Application>(`${applications}/${application.id}`);
  const columns: readonly Column<Credential>[] = [
    {
      id: 'what',
      title: t('applications.credential'),
      width: 'minmax(0, 3fr)',
      isPlain: true,
      cell: (one) => <What credential={one} />,
    },
    {
      id: 'added',
      title: t('applications.begins'),
      width: 'minmax(0, 2fr)',
      cell: ({ startDateTime }) => <At instant={startDateTime} />,
    },
    {
      id: 'ends',
      title: t('applications.ends'),
      width: 'minmax(0, 2fr)',
      cell: ({ endDateTime }) => <EndOf endDateTime={endDateTime} />,
    },
    ...(mayManage
      ? [
          {
            id: 'remove',
            title: t('parts.actions'),
            isPlain: true,
            width: '64px',
            cell: (one: Credential) => <RemoveCredential application={application} credential={one} />,
          },
        ]
      : []),
  ];
  const actions = mayManage ? (
    <>
      <AddSecret application={application} />
      <AddCertificate application={application} />
    </>
  ) : undefined;
  return (
    <Section title={t('applications.credentials')} actions={actions}>
      <Rows
        label={t('applications.credentials')}
        pages={onePage(query, credentialsOf(application))}
        columns={columns}
        keyOf={({ keyId }) => keyId}
        empty={
          <Empty
            icon={<KeyRegular />}
            title={t('applications.noCredentials')}
            text={t('applications.noCredentialsText')}
          />
        }
      />
    </Section>
  );
}

function useNameOf() {
  const { t } = useWords();
  return ({ kind, displayName }: Credential) =>
    displayName ?? t(kind === 'password' ? 'applications.secret' : 'applications.certificate');
}

function What({ credential }: { readonly credential: Credential }) {
  const { t } = useWords();
  const name = useNameOf()(credential);
  const about =
    credential.kind === 'password'
      ? credential.hint === null
        ? t('applications.secret')
        : t('applications.secretHinted', { hint: credential.hint })
      : credential.thumbprint === null
        ? t('applications.certificate')
        : t('applications.thumbprint', { thumbprint: credential.thumbprint });
  return (
    <>
      <Text weight="semibold">{name}</Text>
      <Detail text={about} />
    </>
  );
}

function At({ instant }: { readonly instant: string }) {
  const { shortly, exactly } = useWords();
  return (
    <time dateTime={instant} title={exactly(instant)}>
      {shortly(instant)}
    </time>
  );
}

/** When something ends by the time that everybody has, which is not a rehearsal's; and whether it is over. */
export function EndOf({ endDateTime }: { readonly endDateTime: string | null }) {
  const { t } = useWords();
  if (endDateTime === null) return <Text>{t('parts.time.permanent')}</Text>;
  return (
    <>
      <At instant={endDateTime} />{' '}
      {Date.parse(endDateTime) <= Date.now() ? (
        <Badge appearance="tint" color="danger">
          {t('parts.time.ended')}
        </Badge>
      ) : null}
    </>
  );
}

function RemoveCredential({
  application,
  credential,
}: Pick<Props, 'application'> & { readonly credential: Credential }) {
  const { t } = useWords();
  const { done } = useToast();
  const { mutateAsync } = useSend();
  const name = useNameOf()(credential);
  const { kind, keyId } = credential;
  const action = kind === 'password' ? 'removePassword' : 'removeCertificate';
  const remove = async () => {
    await mutateAsync({ method: 'POST', path: `${applications}/${application.id}/${action}`, body: { keyId } });
    done(t('applications.credentialRemoved'));
  };
  const title = t('parts.removeThing', { name });
  return (
    <Confirm
      trigger={<Button appearance="subtle" icon={<DeleteRegular />} aria-label={title} />}
      title={title}
      confirmLabel={t('parts.remove')}
      confirm={remove}
    >
      <Text>{t('applications.credentialRemoveText')}</Text>
    </Confirm>
  );
}

function AddSecret({ application }: Pick<Props, 'application'>) {
  const { t } = useWords();
  const { mutateAsync } = useSend<NewPassword>();
  const [name, setName] = useState('');
  const [ends, setEnds] = useState('');
  const [told, setTold] = useState<NewPassword | null>(null);
  const begin = () => {
    setName('');
    setEnds('');
  };
  const add = async () => {
    const body = {
      ...(name.trim() === '' ? {} : { displayName: name.trim() }),
      ...(ends === '' ? {} : { endDateTime: ends }),
    };
    setTold(await mutateAsync({ method: 'POST', path: `${applications}/${application.id}/addPassword`, body }));
  };
  return (
    <>
      <Confirm
        trigger={
          <Button icon={<AddRegular />} onClick={begin}>
            {t('applications.secret.add')}
          </Button>
        }
        title={t('applications.secret.add')}
        confirmLabel={t('applications.secret.make')}
        confirm={add}
      >
        {(refusal) => (
          <>
            <NameField value={name} change={setName} />
            <DateTimeField
              label={t('applications.ends')}
              hint={t('applications.endsHint')}
              error={saidAt(faultsOf(refusal), 'endDateTime')}
              value={ends}
              change={setEnds}
            />
          </>
        )}
      </Confirm>
      {told === null ? null : <ToldSecret secret={told} close={() => setTold(null)} />}
    </>
  );
}

function AddCertificate({ application }: Pick<Props, 'application'>) {
  const { t } = useWords();
  const { done } = useToast();
  const { mutateAsync } = useSend();
  const [name, setName] = useState('');
  const [certificate, setCertificate] = useState('');
  const begin = () => {
    setName('');
    setCertificate('');
  };
  const add = async () => {
    const body = { certificate, ...(name.trim() === '' ? {} : { displayName: name.trim() }) };
    await mutateAsync({ method: 'POST', path: `${applications}/${application.id}/addCertificate`, body });
    done(t('applications.certificateAdded'));
  };
  return (
    <Confirm
      trigger={
        <Button icon={<AddRegular />} onClick={begin}>
          {t('applications.certificate.add')}
        </Button>
      }
      title={t('applications.certificate.add')}
      confirmLabel={t('parts.add')}
      isIncomplete={certificate.trim() === ''}
      confirm={add}
    >
      {(refusal) => (
        <>
          <NameField value={name} change={setName} />
          <CertificateField
            value={certificate}
            error={saidAt(faultsOf(refusal), 'certificate')}
            change={setCertificate}
          />
        </>
      )}
    </Confirm>
  );
}

function NameField({ value, change }: { readonly value: string; change(value: string): void }) {
  const { t } = useWords();
  return (
    <Field label={t('applications.credentialName')} hint={t('applications.credentialNameHint')}>
      <Input value={value} maxLength={256} onChange={(_event, data) => change(data.value)} />
    </Field>
  );
}
