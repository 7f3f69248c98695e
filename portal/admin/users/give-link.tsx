import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { DurationField } from '../../parts/duration-field.tsx';
import { useWords } from '../../words/use-words.ts';
import type { User } from './wire.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' },
  link: {
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** A one-time link that was just made. */
interface Link {
  readonly url: string;
  readonly expiresDateTime: string;
}

/** Makes a one-time link for somebody, and shows it this once. */
export function GiveLink({ user }: { readonly user: Pick<User, 'id' | 'displayName' | 'userPrincipalName'> }) {
  const { t } = useWords();
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
      {link === null ? null : <Told link={link} name={name} close={() => setLink(null)} />}
    </>
  );
}

function Told({ link, name, close }: { readonly link: Link; readonly name: string; close(): void }) {
  const styles = useStyles();
  const { t, shortly } = useWords();
  return (
    <Dialog open modalType="alert">
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>{t('directory.link.made', { name })}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t('directory.link.madeText', { until: shortly(link.expiresDateTime) })}</Text>
            <Text className={styles.link}>{link.url}</Text>
            <CopyButton text={link.url} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {t('parts.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
