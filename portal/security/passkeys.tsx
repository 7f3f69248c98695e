import { Badge, Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular, EditRegular, FingerprintRegular } from '@fluentui/react-icons';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useState } from 'react';
import type { AuthenticationMethods } from '../../src/signin/security-info/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { faultsOf, saidAt } from '../parts/fault.ts';
import { Section } from '../parts/page.tsx';
import { useToast } from '../parts/toast.tsx';
import { makePasskey } from '../sign-in/passkey.ts';
import { Why } from '../sign-in/why.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  one: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  words: { display: 'grid', flex: '1 1 160px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex' },
});

const mine = '/sallyport/me/authentication';

/** The person's passkeys and security keys. */
export function Passkeys({ passkeys }: Pick<AuthenticationMethods, 'passkeys'>) {
  const styles = useStyles();
  const { t } = useWords();
  const send = useSend<PublicKeyCredentialCreationOptionsJSON>();
  const { done } = useToast();
  const [failure, setFailure] = useState<unknown>(null);
  const add = async () => {
    setFailure(null);
    try {
      const body = { origin: location.origin };
      const options = await send.mutateAsync({ method: 'POST', path: `${mine}/passkeyOptions`, body });
      const response = await makePasskey(options);
      await send.mutateAsync({ method: 'POST', path: `${mine}/passkeys`, body: { response } });
      done(t('security.passkeys.added'));
    } catch (fault) {
      setFailure(fault);
    }
  };
  const actions = (
    <Button icon={<AddRegular />} disabledFocusable={send.isPending} onClick={() => void add()}>
      {t('security.passkeys.add')}
    </Button>
  );
  return (
    <Section title={t('security.passkeys.title')} actions={actions}>
      <Text className={styles.quiet}>{t('security.passkeys.text')}</Text>
      <Why failure={failure} />
      {passkeys.length === 0 ? <Text>{t('security.passkeys.none')}</Text> : null}
      <ul className={styles.list}>
        {passkeys.map((passkey) => (
          <One key={passkey.id} passkey={passkey} />
        ))}
      </ul>
    </Section>
  );
}

function One({ passkey }: { readonly passkey: AuthenticationMethods['passkeys'][number] }) {
  const styles = useStyles();
  const { t, shortly } = useWords();
  const { mutateAsync } = useSend();
  const { id, displayName, isSynced, createdDateTime, lastUsedDateTime } = passkey;
  const used =
    lastUsedDateTime === null
      ? t('security.passkeys.unused')
      : t('security.passkeys.used', { at: shortly(lastUsedDateTime) });
  return (
    <li className={styles.one}>
      <FingerprintRegular aria-hidden fontSize={24} />
      <span className={styles.words}>
        <Text weight="semibold">{displayName}</Text>
        <Text size={200} className={styles.quiet}>
          {t('security.passkeys.about', { at: shortly(createdDateTime) })} {used}
        </Text>
      </span>
      {isSynced ? <Badge appearance="tint">{t('security.passkeys.synced')}</Badge> : null}
      <span className={styles.actions}>
        <Rename id={id} displayName={displayName} />
        <Confirm
          trigger={
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={t('security.passkeys.remove', { name: displayName })}
            />
          }
          title={t('security.passkeys.remove', { name: displayName })}
          confirmLabel={t('security.remove')}
          confirm={() => mutateAsync({ method: 'DELETE', path: `${mine}/passkeys/${id}` })}
        >
          <Text>{t('security.passkeys.removeText')}</Text>
        </Confirm>
      </span>
    </li>
  );
}

function Rename({ id, displayName }: Pick<AuthenticationMethods['passkeys'][number], 'id' | 'displayName'>) {
  const { t } = useWords();
  const { mutateAsync } = useSend();
  const { done } = useToast();
  const [name, setName] = useState(displayName);
  const label = t('security.passkeys.rename', { name: displayName });
  const rename = async () => {
    await mutateAsync({ method: 'PATCH', path: `${mine}/passkeys/${id}`, body: { displayName: name.trim() } });
    done(t('security.passkeys.renamed'));
  };
  return (
    <Confirm
      trigger={
        <Button appearance="subtle" icon={<EditRegular />} aria-label={label} onClick={() => setName(displayName)} />
      }
      title={label}
      confirmLabel={t('parts.save')}
      isIncomplete={name.trim() === ''}
      confirm={rename}
    >
      {(refusal) => (
        <Field
          label={t('security.passkeys.name')}
          hint={t('security.passkeys.nameHint')}
          required
          validationMessage={saidAt(faultsOf(refusal), 'displayName')}
        >
          <Input value={name} maxLength={100} onChange={(_event, { value }) => setName(value)} />
        </Field>
      )}
    </Confirm>
  );
}
