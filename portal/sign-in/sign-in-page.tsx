import { useParams } from '@tanstack/react-router';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { BeginAgain } from './begin-again.tsx';
import { Choosing } from './choosing.tsx';
import { Enrolment } from './enrolment.tsx';
import { FirstFactor } from './first-factor.tsx';
import { type Interaction, useInteraction } from './interaction.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecondFactor } from './second-factor.tsx';
import { isOver, Why } from './why.tsx';

/** Where people sign in: whatever the sign-in asks for next. */
export function SignInPage() {
  const { t } = useWords();
  const { uid = '' } = useParams({ strict: false }) as { uid?: string };
  const interaction = useInteraction(uid);
  const { step, failure } = interaction;
  if (step !== null && !isOver(failure)) return <Step key={keyOf(step)} step={step} interaction={interaction} />;
  if (failure === null) return <Loading />;
  return (
    <OpenPage title={t('signIn.title')}>
      <Why failure={failure} />
      <BeginAgain />
    </OpenPage>
  );
}

/** Each step begins with fields of its own. */
function keyOf(step: SignInStep): string {
  return step.step === 'enrolment' ? `enrolment ${step.hasPassword}` : step.step;
}

function Step({ step, interaction }: { readonly step: SignInStep; readonly interaction: Interaction }) {
  switch (step.step) {
    case 'firstFactor':
      return <FirstFactor step={step} interaction={interaction} />;
    case 'secondFactor':
      return <SecondFactor step={step} interaction={interaction} />;
    case 'enrolment':
      return <Enrolment step={step} interaction={interaction} />;
    case 'selectAccount':
    case 'consent':
      return <Choosing step={step} interaction={interaction} />;
    case 'link':
      return <LinkNeeded account={step.account} />;
    case 'done':
      return <Done step={step} />;
    default:
      return step satisfies never;
  }
}

function LinkNeeded({ account }: { readonly account: string }) {
  const { t } = useWords();
  return (
    <OpenPage title={t('signIn.linkNeeded.title')} text={t('signIn.linkNeeded.text', { account })}>
      <BeginAgain />
    </OpenPage>
  );
}

function Done({ step }: { readonly step: Extract<SignInStep, { step: 'done' }> }) {
  const { t } = useWords();
  if (step.recoveryCodes === null) return <Loading />;
  return (
    <OpenPage title={t('signIn.codes.title')} text={t('signIn.codes.text')}>
      <RecoveryCodes codes={step.recoveryCodes} goOn={() => location.assign(step.location)} />
    </OpenPage>
  );
}
