import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { after, type Instant, isBefore } from '../kernel/time.ts';

/** What can be required of somebody who wants to use a privilege. */
export type RequirementKind =
  | 'eligibility'
  | 'expiration'
  | 'mfa'
  | 'justification'
  | 'ticket'
  | 'authenticationContext'
  | 'approval';

/** What the rules in force ask for. */
export interface Requirements {
  /** Whether only an eligible principal may do it. */
  readonly eligibility: boolean;
  /** Whether it must end at all. */
  readonly expiration: boolean;
  /** The longest duration; null for none. */
  readonly maximumDuration: Temporal.Duration | null;
  readonly mfa: boolean;
  readonly justification: boolean;
  readonly ticket: boolean;
  /** The authentication context that the sign-in must carry (`c1` to `c99`); null for none. */
  readonly authenticationContext: string | null;
  readonly approval: boolean;
}

/** What a request brings. */
export interface RequestFacts {
  readonly isEligible: boolean;
  /** How long it is asked for; null for no end. */
  readonly duration: Temporal.Duration | null;
  readonly hasMfa: boolean;
  readonly justification: string | null;
  readonly ticketNumber: string | null;
  /** Whether the sign-in meets an authentication context. */
  readonly meetsContext: (claimValue: string) => boolean;
  readonly isApproved: boolean;
}

/** One requirement, and whether the request meets it. Those that are not asked for are not listed. */
export interface RequirementResult {
  readonly kind: RequirementKind;
  readonly is: 'satisfied' | 'unmet';
  /** The authentication context that is asked for. */
  readonly claimValue?: string;
}

type Check = (requirements: Requirements, facts: RequestFacts) => boolean;

interface Requirement {
  readonly kind: RequirementKind;
  readonly applies: (requirements: Requirements) => boolean;
  readonly holds: Check;
}

/** In the order in which they are told to people. */
const table: readonly Requirement[] = [
  { kind: 'eligibility', applies: (rules) => rules.eligibility, holds: (_, facts) => facts.isEligible },
  {
    kind: 'expiration',
    applies: (rules) => rules.expiration || rules.maximumDuration !== null,
    holds: endsInTime,
  },
  { kind: 'mfa', applies: (rules) => rules.mfa, holds: (_, facts) => facts.hasMfa },
  { kind: 'justification', applies: (rules) => rules.justification, holds: (_, facts) => says(facts.justification) },
  { kind: 'ticket', applies: (rules) => rules.ticket, holds: (_, facts) => says(facts.ticketNumber) },
  {
    kind: 'authenticationContext',
    applies: (rules) => rules.authenticationContext !== null,
    holds: (rules, facts) => rules.authenticationContext !== null && facts.meetsContext(rules.authenticationContext),
  },
  { kind: 'approval', applies: (rules) => rules.approval, holds: (_, facts) => facts.isApproved },
];

function endsInTime(rules: Requirements, facts: RequestFacts): boolean {
  if (facts.duration === null) return !rules.expiration;
  return rules.maximumDuration === null || Temporal.Duration.compare(facts.duration, rules.maximumDuration) <= 0;
}

function says(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}

/**
 * Whether multifactor authentication counts that was proven at an instant of real time.
 * @param freshness how long ago that may be; null for as long as the sign-in lasts
 */
export function isFresh(provenAt: Instant | null, freshness: Temporal.Duration | null, realNow: Instant): boolean {
  return provenAt !== null && (freshness === null || isBefore(realNow, after(provenAt, freshness)));
}

/** Every requirement that the rules make, with whether the request meets it. */
export function evaluate(requirements: Requirements, facts: RequestFacts): RequirementResult[] {
  return table
    .filter((requirement) => requirement.applies(requirements))
    .map(({ kind, holds }) => ({
      kind,
      is: safely(holds, requirements, facts) ? 'satisfied' : 'unmet',
      ...(kind === 'authenticationContext' ? { claimValue: requirements.authenticationContext ?? '' } : {}),
    }));
}

// INVARIANT: an evaluation that fails counts as unmet; a fault never opens a door.
function safely(holds: Check, requirements: Requirements, facts: RequestFacts): boolean {
  try {
    return holds(requirements, facts) === true;
  } catch {
    return false;
  }
}

/** The rule names that Entra puts into its error; an approval is waited for, so it fails no request. */
const ruleNames: Readonly<Partial<Record<RequirementKind, string>>> = {
  eligibility: 'EligibilityRule',
  expiration: 'ExpirationRule',
  mfa: 'MfaRule',
  justification: 'JustificationRule',
  ticket: 'TicketingRule',
};

/**
 * Refuses as Entra does unless all is satisfied but, perhaps, the approval.
 * `RoleAssignmentRequestPolicyValidationFailed` (400) lists the failed rules in its message; an authentication
 * context alone fails with `RoleAssignmentRequestAcrsValidationFailed` (400). Where another sign-in would help, the
 * refusal is a claims challenge, which says what that has to bring.
 */
export function demandAll(results: readonly RequirementResult[]): Outcome<void> {
  const unmet = results.filter((result) => result.is === 'unmet').map((result) => result.kind);
  const rules = unmet.map((kind) => ruleNames[kind]).filter((name) => name !== undefined);
  const context = results.find(({ kind, is }) => kind === 'authenticationContext' && is === 'unmet');
  if (rules.length === 0) return context === undefined ? accept(undefined) : challenge(context.claimValue ?? '');
  const message = `The following policy rules failed: ${JSON.stringify(rules)}`;
  const refused = refuse('invalid', 'RoleAssignmentRequestPolicyValidationFailed', message);
  if (!unmet.includes('mfa')) return refused;
  return { ...refused, refusal: { ...refused.refusal, claims: mfaClaims(context?.claimValue) } };
}

/** Entra's message says `MfaRule` and no more: the claims tell what the next sign-in has to bring, all at once. */
function mfaClaims(context: string | undefined): string {
  const acrs = context === undefined ? {} : { acrs: { essential: true, value: context } };
  return JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] }, ...acrs } });
}

// Clients look for what follows `claims=` in the message, up to its end, and sign in again with it. The blank behind
// the comma is Microsoft's own.
function challenge(claimValue: string): Outcome<never> {
  const claims = `{"access_token":{"acrs":{"essential":true, "value":"${claimValue}"}}}`;
  const message = `Sign in again with the authentication context '${claimValue}'. &claims=${encodeURIComponent(claims)}`;
  const refused = refuse('invalid', 'RoleAssignmentRequestAcrsValidationFailed', message);
  return { ...refused, refusal: { ...refused.refusal, claims } };
}

/** What somebody lacks for a privilege: the code that a request without it is refused with, and what that names. */
export interface Lack {
  readonly requirement: Exclude<RequirementKind, 'approval'>;
  readonly code: string;
  /** Entra's name of the rule, or the authentication context that is asked for. */
  readonly detail: string;
}

/** What is unmet of some requirements, each by itself. An approval is waited for and lacks nothing. */
export function lacking(results: readonly RequirementResult[]): Lack[] {
  return results.flatMap((result) => {
    const alone = demandAll([result]);
    if (alone.is === 'accepted' || result.kind === 'approval') return [];
    const detail = result.claimValue ?? ruleNames[result.kind] ?? '';
    return [{ requirement: result.kind, code: alone.refusal.code, detail }];
  });
}

/** Whether an approval is still to be waited for. */
export function awaitsApproval(results: readonly RequirementResult[]): boolean {
  return results.some((result) => result.kind === 'approval' && result.is === 'unmet');
}
