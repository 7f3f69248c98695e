import type { Privilege } from '../../grants/index.ts';
import type { Requirements } from '../../requirement/index.ts';
import { activationRequirements, demandedContext, longestActivation } from '../policy/requirements.ts';
import type { Rules } from '../policy/rule.ts';

/** What the rules in force ask of whoever activates a privilege. */
export interface ActivationTerms {
  readonly requirements: Requirements;
  readonly maximumDuration: Temporal.Duration;
}

/** What the rules of privileges ask of whoever activates them, with the contexts that are published. */
export function termsBy(rulesOf: (privilege: Privilege) => Rules, published: ReadonlySet<string>) {
  return (privilege: Privilege): ActivationTerms => {
    const rules = rulesOf(privilege);
    const context = demandedContext(rules);
    return {
      requirements: activationRequirements(rules, context !== null && published.has(context)),
      maximumDuration: longestActivation(rules),
    };
  };
}
