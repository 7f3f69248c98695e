import type { Reachability } from '../../../src/entitlements/reachability/contract.ts';
import { useWords } from '../../words/use-words.ts';

type Found = Pick<Reachability, 'stages' | 'findings'>;

/** What to say about a finding of who could decide: what is wrong, and what to do. */
export function useFindingWords(): (found: Found, finding: Found['findings'][number]) => string {
  const { t, intl } = useWords();
  return ({ stages }, { kind, stage, people }) => {
    const names = intl.formatList(people.slice(0, 5).map(({ displayName }) => displayName));
    if (kind === 'requestorsWithoutApprovers') return t('policy.finding.requestors', { count: people.length, names });
    if (kind === 'unreachableStage') return t('policy.finding.unreachable');
    const source = stages.find((one) => one.stage === stage)?.approverSource;
    return t(source === 'fallback' ? 'policy.finding.singleFallback' : 'policy.finding.single', { names });
  };
}
