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
import type { TotpEnrolment } from '../../src/signin/interaction/contract.ts';
import type { AuthenticationMethods } from '../../src/signin/security-info/contract.ts';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Section } from '../parts/page.tsx';
import { ToldOnce } from '../parts/told-once.tsx';
import { RecoveryCodes } from '../sign-in/recovery-codes.tsx';
import { TotpSetUp } from '../sign-in/totp.tsx';
import { Why } from '../sign-in/why.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  content: { display: 'grid', gap: tokens.spacingVerticalM },
});

const mine = '/sallyport/me/authentication';

interface Told {
  readonly recoveryCodes: readonly string[];
}

/** The person's authenticator app, and the recovery codes that stand in for it. */
export function AuthenticatorApp({ methods }: { readonly methods: AuthenticationMethods }) {
  const styles = useStyles();
  const { t } = useWords();
  const secret = useSend<TotpEnrolment>();
  const told = useSend<Told>();
  const remove = useSend();
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const setUp = async () => {
    setFailure(null);
    try {
      setEnrolment(await secret.mutateAsync({ method: 'POST', path: `${mine}/authenticatorAppSecret` }));
    } catch (fault) {
      setFailure(fault);
    }
  };
  const show = async (code: string) => {
    setFailure(null);
    try {
      const added = await told.mutateAsync({ method: 'POST', path: `${mine}/authenticatorApp`, body: { code } });
      setEnrolment(null);
      setCodes(added.recoveryCodes);
    } catch (fault) {
      setFailure(fault);
    }
  };
  const renew = async () => {
    setCodes((await told.mutateAsync({ method: 'POST', path: `${mine}/recoveryCodes` })).recoveryCodes);
  };
  const { hasAuthenticatorApp: hasApp, recoveryCodesLeft: count } = methods;
  return (
    <Section title={t('security.app.title')}>
      <Text className={styles.quiet}>{hasApp ? t('security.app.text', { count }) : t('security.app.none')}</Text>
      {enrolment === null ? <Why failure={failure} /> : null}
      <div className={styles.actions}>
        <Button disabledFocusable={secret.isPending} onClick={() => void setUp()}>
          {t(hasApp ? 'security.app.replace' : 'security.app.add')}
        </Button>
        {hasApp ? (
          <>
            <Confirm
              trigger={<Button>{t('security.codes.renew')}</Button>}
              title={t('security.codes.renew')}
              confirmLabel={t('security.codes.renew')}
              confirm={renew}
            >
              <Text>{t('security.codes.renewText')}</Text>
            </Confirm>
            <Confirm
              trigger={<Button appearance="subtle">{t('security.app.remove')}</Button>}
              title={t('security.app.remove')}
              confirmLabel={t('security.remove')}
              confirm={() => remove.mutateAsync({ method: 'DELETE', path: `${mine}/authenticatorApp` })}
            >
              <Text>{t('security.app.removeText')}</Text>
            </Confirm>
          </>
        ) : null}
      </div>
      <Dialog open={enrolment !== null} onOpenChange={(_event, { open }) => (open ? undefined : setEnrolment(null))}>
        <DialogSurface aria-describedby={undefined}>
          <DialogBody>
            <DialogTitle>{t('signIn.enrol.app.title')}</DialogTitle>
            <DialogContent className={styles.content}>
              <Text>{t('security.app.setUp')}</Text>
              <Why failure={failure} />
              {enrolment === null ? null : (
                <TotpSetUp
                  enrolment={enrolment}
                  isWorking={told.isPending}
                  submitLabel={t('signIn.enrol.finish')}
                  show={show}
                />
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={() => setEnrolment(null)}>{t('parts.cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
      {codes === null ? null : (
        <ToldOnce title={t('signIn.codes.title')} text={t('signIn.codes.text')}>
          <RecoveryCodes codes={codes} goOn={() => setCodes(null)} />
        </ToldOnce>
      )}
    </Section>
  );
}
