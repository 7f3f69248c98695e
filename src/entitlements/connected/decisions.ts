import { accept, type Outcome } from '../../kernel/outcome.ts';
import { wrong } from '../refusals.ts';
import { type ConnectedOrganization, domainOf, type IdentitySource, sameSource } from './model.ts';

const domainName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * Whether an organization can have these sources. A source leads to one organization only: otherwise nobody could say
 * whose rules apply. Refuses with `IdentitySourceNotValid` and `IdentitySourceInUse` (400).
 */
export function decideSources(
  sources: readonly IdentitySource[],
  others: readonly Pick<ConnectedOrganization, 'displayName' | 'identitySources'>[],
): Outcome<void> {
  for (const [index, source] of sources.entries()) {
    const path = `identitySources/${index}`;
    const domain = domainOf(source);
    if (domain !== null && !domainName.test(domain)) {
      return wrong('IdentitySourceNotValid', 'This is no domain name.', `${path}/domainName`);
    }
    if (sources.slice(0, index).some((earlier) => sameSource(earlier, source))) {
      return wrong('IdentitySourceNotValid', 'The same identity source is there twice.', path);
    }
    const taken = others.find(({ identitySources }) => identitySources.some((theirs) => sameSource(theirs, source)));
    if (taken !== undefined) {
      return wrong('IdentitySourceInUse', `The source belongs to the organization ${taken.displayName}.`, path);
    }
  }
  return accept(undefined);
}
