import { Text } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { StepField, StepForm } from './form.tsx';

/** Where the provider says what this page is about: it leads back here, with that behind `#`. */
const provider = '/common/oauth2/v2.0/deviceauth';

/** Signs in a device that has no browser: its code is typed in here, and then whoever it is signs in. */
export function DevicePage() {
  const told = new URLSearchParams(location.hash.slice(1));
  const isTold = told.has('action') || told.has('done');
  useEffect(() => {
    if (!isTold) location.replace(provider);
  }, [isTold]);
  if (!isTold) return <Loading />;
  return told.has('done') ? <Done app={told.get('done') ?? ''} /> : <Asking told={told} />;
}

function Done({ app }: { readonly app: string }) {
  const { t } = useWords();
  return (
    <OpenPage title={t('signIn.device.done.title')} text={t('signIn.device.done.text', { app })}>
      {null}
    </OpenPage>
  );
}

const errors = new Set(['NotFoundError', 'ExpiredError', 'AlreadyUsedError', 'AbortedError', 'NoCodeError']);

function Asking({ told }: { readonly told: URLSearchParams }) {
  const { t } = useWords();
  const known = told.get('userCode');
  const [code, setCode] = useState(known ?? '');
  const form = useRef<HTMLFormElement>(null);
  const error = told.get('error');
  const wrong = error !== null && errors.has(error) ? 'signIn.device.wrong' : 'signIn.device.failed';
  const title = known === null ? t('signIn.device.title') : t('signIn.device.confirm.title');
  const text =
    known === null ? t('signIn.device.text') : t('signIn.device.confirm.text', { app: told.get('app') ?? '' });
  return (
    <OpenPage title={title} text={text}>
      <StepForm
        submitLabel={known === null ? t('signIn.enrol.next') : t('signIn.device.confirm.go')}
        isWorking={false}
        submit={() => form.current?.submit()}
      >
        {known === null ? (
          <StepField
            label={t('signIn.device.code')}
            wrong={error === null ? undefined : t(wrong)}
            autoComplete="off"
            autoCapitalize="characters"
            value={code}
            change={setCode}
          />
        ) : (
          <Text size={600} font="monospace">
            {known}
          </Text>
        )}
      </StepForm>
      {/* The provider leads on from here: to the sign-in, and back. */}
      <form ref={form} method="post" action={actionIn(told)} hidden>
        <input type="hidden" name="xsrf" value={told.get('xsrf') ?? ''} />
        <input type="hidden" name="user_code" value={code} />
        {known === null ? null : <input type="hidden" name="confirm" value="yes" />}
      </form>
    </OpenPage>
  );
}

/** A path of this site, whatever stands in the address. */
export function actionIn(told: URLSearchParams): string {
  const action = told.get('action') ?? '';
  return /^\/[0-9a-z-]+\/oauth2\/v2\.0\/[a-z/]+$/.test(action) ? action : provider;
}
