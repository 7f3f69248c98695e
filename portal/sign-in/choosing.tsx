import { Button } from '@fluentui/react-components';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';
import type { Interaction } from './interaction.ts';
import { Why } from './why.tsx';

interface Props {
  readonly step: Extract<SignInStep, { step: 'selectAccount' | 'consent' }>;
  readonly interaction: Interaction;
}

/** Goes on as whoever is signed in, or as somebody else; or agrees that an application is told who it is. */
export function Choosing({ step, interaction }: Props) {
  const { t } = useWords();
  const { account, app } = step;
  return (
    <OpenPage title={t(`signIn.${step.step}.title`)} text={t(`signIn.${step.step}.text`, { account, app })}>
      <Why failure={interaction.failure} />
      <Actions>
        <Button
          appearance="primary"
          disabledFocusable={interaction.isWorking}
          onClick={() => void interaction.show('account', { isOther: false })}
        >
          {t(`signIn.${step.step}.go`)}
        </Button>
        <Button
          disabledFocusable={interaction.isWorking}
          onClick={() => void interaction.show('account', { isOther: true })}
        >
          {t('signIn.otherAccount')}
        </Button>
      </Actions>
    </OpenPage>
  );
}
