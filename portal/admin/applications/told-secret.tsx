import type { NewPassword } from '../../../src/signin/application/contract.ts';
import { ToldOnce, ToldText } from '../../parts/told-once.tsx';
import { useWords } from '../../words/use-words.ts';

/** A new secret, shown this once. */
export function ToldSecret({ secret, close }: { readonly secret: NewPassword; close(): void }) {
  const { t, shortly } = useWords();
  return (
    <ToldOnce
      title={t('applications.secret.made')}
      text={t('applications.secret.madeText', { until: shortly(secret.endDateTime) })}
      close={close}
    >
      <ToldText text={secret.secretText} />
    </ToldOnce>
  );
}
