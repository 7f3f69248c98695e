import { parseDuration } from '../../kernel/time.ts';
import type { Requirements } from '../../requirement/index.ts';
import type { ApprovalRule, AuthenticationContextRule, EnablementRule, ExpirationRule, Rule, Rules } from './rule.ts';

/**
 * What the rules in force ask of somebody who activates. An activation always ends. A context that is not published
 * can be satisfied by no sign-in: MFA is asked for in its place, as Entra does where no conditional access policy
 * targets a context.
 */
export function activationRequirements(rules: Rules, isContextPublished: boolean): Requirements {
  const context = demandedContext(rules);
  const besides = asked(rules.Enablement_EndUser_Assignment, rules.Expiration_EndUser_Assignment);
  return {
    ...besides,
    mfa: besides.mfa || (context !== null && !isContextPublished),
    eligibility: true,
    expiration: true,
    maximumDuration: longestActivation(rules),
    authenticationContext: isContextPublished ? context : null,
    approval: approvalRule(rules).setting.isApprovalRequired,
  };
}

/** The authentication context that an activation demands; null for none. */
export function demandedContext(rules: Rules): string | null {
  const rule = rules.AuthenticationContext_EndUser_Assignment as AuthenticationContextRule;
  return rule.isEnabled ? rule.claimValue : null;
}

/** What the rules in force ask of an administrator who makes somebody eligible or active. */
export function assignmentRequirements(rules: Rules, mode: 'eligible' | 'active'): Requirements {
  return mode === 'eligible'
    ? asked(rules.Enablement_Admin_Eligibility, rules.Expiration_Admin_Eligibility)
    : asked(rules.Enablement_Admin_Assignment, rules.Expiration_Admin_Assignment);
}

/** How long an activation may last at most. */
export function longestActivation(rules: Rules): Temporal.Duration {
  // A maximum that cannot be read would bind nobody: it allows nothing instead.
  return (
    parseDuration((rules.Expiration_EndUser_Assignment as ExpirationRule).maximumDuration) ?? new Temporal.Duration()
  );
}

/** How long an eligibility may last at most; null where it may be permanent. */
export function longestEligibility(rules: Rules): Temporal.Duration | null {
  return maximum(rules.Expiration_Admin_Eligibility as ExpirationRule);
}

/** The approval rule in force. */
export function approvalRule(rules: Rules): ApprovalRule {
  return rules.Approval_EndUser_Assignment as ApprovalRule;
}

function asked(enabling: Rule, expiring: Rule): Requirements {
  const enabled = (enabling as EnablementRule).enabledRules;
  const expiration = expiring as ExpirationRule;
  return {
    eligibility: false,
    expiration: expiration.isExpirationRequired,
    maximumDuration: maximum(expiration),
    mfa: enabled.includes('MultiFactorAuthentication'),
    justification: enabled.includes('Justification'),
    ticket: enabled.includes('Ticketing'),
    authenticationContext: null,
    approval: false,
  };
}

// Where an assignment may be permanent, the maximum binds nobody: "permanent" is longer than any of them.
function maximum(rule: ExpirationRule): Temporal.Duration | null {
  return rule.isExpirationRequired ? parseDuration(rule.maximumDuration) : null;
}
