import { Button, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { ToldOnce, ToldText } from '../../parts/told-once.tsx';
import { useWords } from '../../words/use-words.ts';
import type { User } from './wire.ts';

/** A one-time link that was just made. */
interface Link {
  readonly url: string;
  readonly expiresDateTime: string;
}

/** Makes a one-time link for somebody, and shows it this once. */
export function GiveLink({ user }: { readonly user: Pick<User, 'id' | 'displayName' | 'userPrincipalName'> }) {
  const { t, shortly } = useWords();
  const { mutateAsync } = useSend<Link>();
  const [lasts, setLasts] = useState('PT1H');
  const [link, setLink] = useState<Link | null>(null);
  const name = user.displayName ?? user.userPrincipalName;
  const make = async () => {
    setLink(await mutateAsync({ method: 'POST', path: `/sallyport/users/${user.id}/signInLink`, body: { lasts } }));
  };
  return (
    <>
      <Confirm
        trigger={<Button>{t('directory.link.give')}</Button>}
        title={t('directory.link.title', { name })}
        confirmLabel={t('directory.link.make')}
        isIncomplete={lasts === ''}
        confirm={make}
      >
        <Text>{t('directory.link.text')}</Text>
        <DurationField
          label={t('directory.link.lasts')}
          hint={t('directory.link.lastsHint')}
          units={['hours', 'minutes']}
          required
          value={lasts}
          change={setLasts}
        />
      </Confirm>
      {link === null ? null : (
        <ToldOnce
          title={t('directory.link.made', { name })}
          text={t('directory.link.madeText', { until: shortly(link.expiresDateTime) })}
          close={() => setLink(null)}
        >
          <ToldText text={link.url} />
        </ToldOnce>
      )}
    </>
  );
}
