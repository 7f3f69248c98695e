import { Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { type Collection, useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { faultsOf } from '../../parts/fault.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Trail } from '../../parts/page-link.tsx';
import { Time } from '../../parts/time.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { AccountBadge } from '../users/users-page.tsx';
import { Credentials } from './credentials.tsx';
import { ApplicationFields, bodyOf, type Draft } from './fields.tsx';
import { type Application, applications } from './wire.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalXS },
  copied: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  code: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One application: what it needs to sign in, by what it proves itself, and what it may do. */
export function ApplicationPage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const { applicationId } = useParams({ strict: false }) as { applicationId: string };
  const { data: application, error, refetch } = useGet<Application>(`${applications}/${applicationId}`);
  const trail = <Trail steps={[{ to: '/admin/applications', name: t('shell.nav.admin.applications') }]} />;
  if (application === undefined) {
    return (
      <Page trail={trail} title={t('applications.one')}>
        {error === null ? <Loading /> : <ErrorNote error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  const mayManage = may(me, 'application.manage');
  return (
    <Page
      trail={trail}
      title={application.displayName}
      actions={mayManage ? <Actions application={application} /> : undefined}
    >
      <SignsIn application={application} />
      {application.isPublicClient ? null : <Credentials application={application} mayManage={mayManage} />}
      <MayDo application={application} />
    </Page>
  );
}

function SignsIn({ application }: { readonly application: Application }) {
  const styles = useStyles();
  const { t } = useWords();
  const { data: tenants } = useGet<Collection<{ readonly id: string }>>('/v1.0/organization?$select=id');
  const tenantId = tenants?.value[0]?.id;
  const { appId, id, isPublicClient, redirectUris, createdDateTime } = application;
  const copied = (name: string, text: string): Fact => [name, <Copied key={name} name={name} text={text} />];
  return (
    <Section title={t('applications.signsIn')}>
      <Facts
        facts={[
          [t('applications.state'), <AccountBadge key="state" user={application} />],
          copied(t('applications.appId'), appId),
          ...(tenantId === undefined
            ? []
            : [
                copied(t('applications.tenantId'), tenantId),
                copied(
                  t('applications.metadata'),
                  `${location.origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
                ),
              ]),
          copied(t('applications.id'), id),
          [
            t('applications.kind'),
            t(isPublicClient ? 'applications.kind.publicLong' : 'applications.kind.confidentialLong'),
          ],
          [
            t('applications.redirects'),
            redirectUris.length === 0 ? (
              <Text key="none" className={styles.quiet}>
                {t('applications.noRedirects')}
              </Text>
            ) : (
              <ul key="uris" className={styles.list}>
                {redirectUris.map((uri) => (
                  <li key={uri} className={styles.code}>
                    {uri}
                  </li>
                ))}
              </ul>
            ),
          ],
          [t('applications.registered'), <Time key="created" at={createdDateTime} />],
        ]}
      />
    </Section>
  );
}

function Copied({ name, text }: { readonly name: string; readonly text: string }) {
  const styles = useStyles();
  return (
    <span className={styles.copied}>
      <code className={styles.code}>{text}</code>
      <CopyButton text={text} about={name} size="small" appearance="subtle" />
    </span>
  );
}

function MayDo({ application: { permissions, isPublicClient } }: { readonly application: Application }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <Section title={t('applications.mayDo')}>
      {permissions.length === 0 ? (
        <Text>{t(isPublicClient ? 'applications.mayDoPublic' : 'applications.mayDoNothing')}</Text>
      ) : (
        <>
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('applications.mayDoText')}</MessageBarBody>
          </MessageBar>
          <ul className={styles.list}>
            {permissions.map((one) => (
              <li key={one} className={styles.code}>
                {one}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Actions({ application }: { readonly application: Application }) {
  const { t } = useWords();
  const { done } = useToast();
  const navigate = useNavigate();
  const { mutateAsync } = useSend();
  const { id, displayName, accountEnabled } = application;
  const label = t(accountEnabled ? 'applications.disable' : 'applications.enable');
  const enable = async () => {
    const body = { accountEnabled: !accountEnabled };
    await mutateAsync({ method: 'PATCH', path: `${applications}/${id}`, body });
    done(t('directory.changed'));
  };
  const remove = async () => {
    await mutateAsync({ method: 'DELETE', path: `${applications}/${id}` });
    await navigate({ to: '/admin/applications' });
  };
  return (
    <>
      <Edit application={application} />
      <Confirm trigger={<Button>{label}</Button>} title={label} confirmLabel={label} confirm={enable}>
        {t(accountEnabled ? 'applications.disableText' : 'applications.enableText')}
      </Confirm>
      <Confirm
        trigger={<Button icon={<DeleteRegular />}>{t('catalogs.delete')}</Button>}
        title={t('catalogs.deleteTitle', { name: displayName })}
        confirmLabel={t('catalogs.delete')}
        confirm={remove}
      >
        {t('applications.deleteText')}
      </Confirm>
    </>
  );
}

function Edit({ application }: { readonly application: Application }) {
  const { t } = useWords();
  const { done } = useToast();
  const { mutateAsync } = useSend();
  const { id, displayName, redirectUris, permissions, isPublicClient } = application;
  const present: Draft = { displayName, redirectUris: redirectUris.join('\n'), permissions };
  const [draft, setDraft] = useState(present);
  const change = async () => {
    await mutateAsync({ method: 'PATCH', path: `${applications}/${id}`, body: bodyOf(draft) });
    done(t('directory.changed'));
  };
  return (
    <Confirm
      trigger={
        <Button icon={<EditRegular />} onClick={() => setDraft(present)}>
          {t('catalogs.edit')}
        </Button>
      }
      title={t('applications.edit', { name: displayName })}
      confirmLabel={t('parts.save')}
      isIncomplete={draft.displayName.trim() === ''}
      confirm={change}
    >
      {(refusal) => (
        <ApplicationFields
          draft={draft}
          isPublic={isPublicClient}
          faults={faultsOf(refusal)}
          change={(part) => setDraft({ ...draft, ...part })}
        />
      )}
    </Confirm>
  );
}
