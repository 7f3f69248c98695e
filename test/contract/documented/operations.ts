import known from '../../../src/graph/known-operations.json' with { type: 'json' };
import type { Pair } from './pairs.ts';

/** The operations of Microsoft's contract that Sallyport has to have; access reviews are not there yet. */
export const coreOperations: readonly string[] = known.core.filter((one) => !one.includes('/accessReviews/'));

/** The operation of the contract that a pair plays, however its page spells the path; null if it is none of the core. */
export function operationOf({ method = 'GET', path }: Pick<Pair, 'method' | 'path'>): string | null {
  const [place = ''] = decodeURIComponent(path.replaceAll(/%(?![\da-f]{2})/gi, '%25')).split('?', 1);
  const spelled = `${method} ${place.replace(/\/$/, '').replaceAll('microsoft.graph.', 'graph.')}`;
  const exact = coreOperations.filter((one) => patternOf(one).test(spelled));
  // A path that is written out goes before one with a name in its place.
  return exact.toSorted((a, b) => a.split('{').length - b.split('{').length)[0] ?? null;
}

const patterns = new Map<string, RegExp>();

function patternOf(operation: string): RegExp {
  const made = patterns.get(operation);
  if (made !== undefined) return made;
  const escaped = operation.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[\w-]+\}/g, "[^/']+");
  const pattern = new RegExp(`^${escaped}$`);
  patterns.set(operation, pattern);
  return pattern;
}
