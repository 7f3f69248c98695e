import type { Refused } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import type { PolicyDocument, SubjectSet } from '../policy/document.ts';
import { wrong } from '../refusals.ts';

const ruleMembers = '#microsoft.graph.attributeRuleMembers';

/** At most so many people can be taken in by the rule of one policy (Microsoft: "up to 5000 users per policy"). */
export const usersPerRule = 5_000;

/** Whether a policy assigns its package by itself to everyone whom its rule takes in. */
export function isAutomatic({ automaticRequestSettings }: Pick<PolicyDocument, 'automaticRequestSettings'>): boolean {
  return automaticRequestSettings?.requestAccessForAllowedTargets === true;
}

/** The membership rule of an automatic policy; null for any other policy. */
export function automaticRuleOf(policy: PolicyDocument): string | null {
  return isAutomatic(policy) ? (policy.specificAllowedTargets[0]?.membershipRule ?? null) : null;
}

/** Whether people are named by a membership rule. */
export function isRule(set: SubjectSet): boolean {
  return set['@odata.type'] === ruleMembers;
}

/**
 * What is wrong with the automatic part of a policy; null if nothing. An automatic policy names one membership rule
 * and nothing else: nobody asks by it, nobody approves, and it lasts for as long as the rule takes somebody in
 * (Microsoft: "Configure an automatic assignment policy for an access package"). Refuses with
 * `AutomaticPolicyNotValid` (400).
 */
export function automaticFault(policy: PolicyDocument): Refused | null {
  const { automaticRequestSettings: automatic, specificAllowedTargets: targets } = policy;
  const no = (message: string, path: string) => wrong('AutomaticPolicyNotValid', message, path);
  if (!isAutomatic(policy)) {
    if (automatic?.removeAccessWhenTargetLeavesAllowedTargets) {
      return no(
        'Only a policy that assigns automatically removes automatically. For others see the setting whenTargetLeavesScope.',
        'automaticRequestSettings/removeAccessWhenTargetLeavesAllowedTargets',
      );
    }
    return targets.some(isRule)
      ? no('Only an automatic policy names people by a rule.', 'specificAllowedTargets')
      : null;
  }
  const [only] = targets;
  if (policy.allowedTargetScope !== 'specificDirectoryUsers' || targets.length !== 1 || !only || !isRule(only)) {
    return no(
      'An automatic policy is for specificDirectoryUsers, named by one membership rule.',
      'specificAllowedTargets',
    );
  }
  const settings = policy.requestorSettings;
  if (settings.enableTargetsToSelfAddAccess || settings.enableOnBehalfRequestorsToAddAccess) {
    return no('Nobody asks by an automatic policy. Make another one for requests.', 'requestorSettings');
  }
  if (policy.requestApprovalSettings.isApprovalRequiredForAdd) {
    return no('Nobody approves what is assigned automatically.', 'requestApprovalSettings/isApprovalRequiredForAdd');
  }
  if (policy.expiration.type !== 'notSpecified' && policy.expiration.type !== 'noExpiration') {
    return no('Automatic assignments last for as long as the rule takes the person in.', 'expiration/type');
  }
  return graceFault(automatic?.gracePeriodBeforeAccessRemoval ?? null);
}

function graceFault(grace: string | null): Refused | null {
  if (grace === null || (parseDuration(grace)?.sign ?? -1) >= 0) return null;
  return wrong(
    'AutomaticPolicyNotValid',
    'Write how long access stays, such as P7D.',
    'automaticRequestSettings/gracePeriodBeforeAccessRemoval',
  );
}

/** Refuses a rule that takes in too many people (`AutomaticScopeTooLarge`, 400); null if it does not. */
export function scopeFault(count: number): Refused | null {
  if (count <= usersPerRule) return null;
  return wrong(
    'AutomaticScopeTooLarge',
    `The rule takes in ${count} people, and at most ${usersPerRule} can be assigned a package automatically.`,
    'specificAllowedTargets/0/membershipRule',
  );
}
