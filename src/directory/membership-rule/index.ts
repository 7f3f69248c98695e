export {
  builderProperties,
  type Expression,
  expressionsAtMost,
  expressionsOf,
  lineAtFault,
  ruleOfExpressions,
} from './builder.ts';
export { attributesOf, dependsOnTime } from './dependencies.ts';
export { matches } from './evaluate.ts';
export { type Explained, explainRule } from './explain.ts';
export type { UserFacts } from './facts.ts';
export { parseMembershipRule } from './parse.ts';
export { printRule } from './print.ts';
export type { MembershipRule } from './rule.ts';
export { type FactColumn, membershipRuleSql } from './store.ts';
