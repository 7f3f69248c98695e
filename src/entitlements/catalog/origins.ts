import { orRefuse } from '../../kernel/outcome.ts';
import { notBuilt, reject } from '../refusals.ts';
import type { OriginSystem } from './model.ts';

const known: readonly OriginSystem[] = ['AadGroup', 'DirectoryRole'];

/** Kinds of resources that Graph has and this server has not. */
const others: Readonly<Record<string, string>> = {
  aadapplication: 'applications',
  sharepointonline: 'SharePoint sites',
  azureresources: 'Azure resources',
};

/**
 * Where a resource comes from, in any letter case, and `target`, where it was said. Refuses with
 * `OriginSystemNotSupported` (400), and with `NotImplemented` (501) what Graph has and this server has not.
 */
export function originSystemOf(text: string, target: string): OriginSystem {
  const match = known.find((one) => one.toLowerCase() === text.toLowerCase());
  if (match !== undefined) return match;
  const other = others[text.toLowerCase()];
  if (other !== undefined) return orRefuse(notBuilt(`${other} as resources`, target));
  return reject('OriginSystemNotSupported', `Known are ${known.join(' and ')}.`, target);
}
