import type { HealthFacts } from './facts.ts';
import { findingsOfActivations } from './findings/activations.ts';
import { findingsOfGroups } from './findings/groups.ts';
import { findingsOfPackages } from './findings/packages.ts';
import { findingsOfPeople } from './findings/people.ts';
import { type Finding, inOrder } from './model.ts';

/** Everything that is wrong, the worst first. */
export function findingsOf(facts: HealthFacts): readonly Finding[] {
  return inOrder([
    ...findingsOfPeople(facts),
    ...findingsOfGroups(facts),
    ...findingsOfActivations(facts),
    ...findingsOfPackages(facts),
  ]);
}
