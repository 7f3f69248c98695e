import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Section } from '../parts/page.tsx';
import { useToast } from '../parts/toast.tsx';
import { NewPasswordFields, type TypedPassword } from '../sign-in/new-password-fields.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  fields: { display: 'grid', gap: tokens.spacingVerticalM },
});

const blank: TypedPassword = { password: '', again: '' };

/** The person's password: set, or changed. */
export function Password({ hasPassword }: { readonly hasPassword: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const { mutateAsync } = useSend();
  const { done } = useToast();
  const [typed, setTyped] = useState(blank);
  const { password, again } = typed;
  const label = t(hasPassword ? 'security.password.change' : 'security.password.set');
  const isDifferent = again !== '' && again !== password;
  const change = async () => {
    await mutateAsync({ method: 'POST', path: '/sallyport/me/authentication/changePassword', body: { password } });
    setTyped(blank);
    done(t('security.password.changed'));
  };
  const actions = (
    <Confirm
      trigger={<Button>{label}</Button>}
      title={label}
      confirmLabel={label}
      isIncomplete={password === '' || again !== password}
      confirm={change}
    >
      <div className={styles.fields}>
        <NewPasswordFields typed={typed} isDifferent={isDifferent} change={setTyped} />
      </div>
    </Confirm>
  );
  return (
    <Section title={t('security.password.title')} actions={actions}>
      <Text className={styles.quiet}>{t(hasPassword ? 'security.password.text' : 'security.password.none')}</Text>
    </Section>
  );
}
