import { Badge, Button, Text } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons';
import { useParams } from '@tanstack/react-router';
import type { EffectiveAccess } from '../../../src/grants/effective/contract.ts';
import { may, useMe } from '../../api/me.ts';
import { onePage, useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { RefusalNote } from '../../parts/step-up.tsx';
import { Time } from '../../parts/time.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { SignInOf } from './sign-in.tsx';
import { AccountBadge } from './users-page.tsx';
import { type User, userProperties } from './wire.ts';

/** One person: their account, and all that they hold, by which way and until when. */
export function UserPage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const { userId } = useParams({ strict: false }) as { userId: string };
  const { data: user, error } = useGet<User>(
    `/v1.0/users/${userId}?$select=${userProperties}&$expand=manager($select=id,displayName)`,
  );
  if (user === undefined) return error === null ? <Loading /> : <RefusalNote error={error} />;
  return (
    <Page
      title={user.displayName ?? user.userPrincipalName}
      text={user.userPrincipalName}
      actions={may(me, 'user.update') ? <EnableAccount user={user} /> : undefined}
    >
      <Section title={t('directory.user.facts')}>
        <Facts
          facts={[
            [t('directory.account'), <AccountBadge key="account" user={user} />],
            [t('directory.jobTitle'), user.jobTitle ?? ''],
            [t('directory.department'), user.department ?? ''],
            [
              t('directory.manager'),
              user.manager === null || user.manager === undefined ? (
                t('parts.none')
              ) : (
                <PageLink key="manager" to={`/admin/users/${user.manager.id}`}>
                  {user.manager.displayName}
                </PageLink>
              ),
            ],
          ]}
        />
      </Section>
      {may(me, 'authenticationMethod.read') ? <SignInOf user={user} /> : null}
      {may(me, 'effectiveAccess.read') ? <Access userId={user.id} /> : null}
    </Page>
  );
}

function Access({ userId }: { readonly userId: string }) {
  const { t } = useWords();
  const query = useGet<EffectiveAccess>(`/sallyport/effectiveAccess?principalId=${userId}`);
  if (query.data === undefined) return query.error === null ? <Loading /> : <RefusalNote error={query.error} />;
  const columns: readonly Column<EffectiveAccess['value'][number]>[] = [
    {
      id: 'what',
      title: t('pim.what'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ privilege, path }) => (
        <>
          <Text weight="semibold">{privilege.displayName}</Text>
          <Detail
            text={path
              .map((step) => step.accessPackage?.displayName ?? step.privilege.displayName ?? '')
              .filter((name) => name !== '')
              .join(' › ')}
          />
        </>
      ),
    },
    {
      id: 'mode',
      title: t('directory.mode'),
      cell: ({ isActive }) => (
        <Badge appearance="tint" color={isActive ? 'success' : 'informative'}>
          {t(isActive ? 'directory.active' : 'directory.eligible')}
        </Badge>
      ),
    },
    { id: 'until', title: t('directory.until'), cell: ({ endDateTime }) => <Time at={endDateTime} /> },
    {
      id: 'because',
      title: t('directory.because'),
      cell: ({ endsBecause }) => t(`roles.because.${endsBecause.reason}`),
    },
  ];
  return (
    <Section title={t('directory.user.access')}>
      <Rows
        label={t('directory.user.access')}
        pages={onePage(query, query.data.value)}
        columns={columns}
        keyOf={({ path, privilege }) => `${privilege.id} ${path.map(({ grantId }) => grantId).join(' ')}`}
        empty={<Empty icon={<KeyRegular />} title={t('directory.user.noAccess')} />}
      />
    </Section>
  );
}

function EnableAccount({ user }: { readonly user: User }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const isEnabled = user.accountEnabled !== false;
  const label = t(isEnabled ? 'directory.user.disable' : 'directory.user.enable');
  const change = async () => {
    await send.mutateAsync({ method: 'PATCH', path: `/v1.0/users/${user.id}`, body: { accountEnabled: !isEnabled } });
    toast.done(t('directory.changed'));
  };
  return (
    <Confirm trigger={<Button>{label}</Button>} title={label} confirmLabel={label} confirm={change}>
      {t(isEnabled ? 'directory.user.disableText' : 'directory.user.enableText')}
    </Confirm>
  );
}
