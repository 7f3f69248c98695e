import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refused } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import { automaticFault } from '../automatic/decisions.ts';
import { notBuilt, wrong } from '../refusals.ts';
import type { ExpirationDocument, PolicyDocument, SubjectSet } from './document.ts';
import { scopeFault } from './outsiders.ts';
import { questionFaults } from './questions.ts';
import { group, setsFault, stageFaults, targetManager, user } from './stages.ts';

const organization = '#microsoft.graph.connectedOrganizationMembers';
const rule = '#microsoft.graph.attributeRuleMembers';

/** Somebody whom a policy names; `path` is where. */
export interface Named {
  readonly path: string;
  readonly is: 'user' | 'group' | 'connectedOrganization';
  readonly id: Id;
}

/**
 * Whether a policy can be kept. What Graph knows and this server has not answers 501 by its name (access reviews, custom
 * extensions, packages for applications). Refusals, all 400: `TargetsNotValid`, `ExpirationNotValid`,
 * `AutomaticPolicyNotValid`, `QuestionNotValid`, `PropertyRequired`, `ApprovalRequiredForOutsiders`,
 * `OnBehalfRequestorsNotValid`, and those of `stageFaults`.
 */
export function checkPolicy(policy: PolicyDocument): Outcome<void> {
  return policyFaults(policy)[0] ?? accept(undefined);
}

/** All that keeps a policy from being kept, in the order in which `checkPolicy` meets it; none if nothing does. */
export function policyFaults(policy: PolicyDocument): Refused[] {
  const checks = [checkNames, checkSupported, checkOnBehalf, scopeFault, automaticFault, checkTargets, checkExpiration];
  const faults = checks.map((check) => check(policy)).filter((fault) => fault !== null);
  return [...faults, ...stageFaults(policy), ...questionFaults(policy.questions)];
}

function checkNames(policy: PolicyDocument): Refused | null {
  return policy.displayName.trim() === '' ? wrong('PropertyRequired', 'A policy needs a name.', 'displayName') : null;
}

function checkSupported(policy: PolicyDocument): Refused | null {
  if (policy.reviewSettings?.isEnabled) return notBuilt('access reviews', 'reviewSettings/isEnabled');
  if (policy.customExtensionStageSettings.length > 0) {
    return notBuilt('custom extensions', 'customExtensionStageSettings');
  }
  return null;
}

/** Who may act for others has to be named, where somebody may. */
function checkOnBehalf({ requestorSettings: settings }: PolicyDocument): Refused | null {
  const path = 'requestorSettings/onBehalfRequestors';
  const mayAct =
    settings.enableOnBehalfRequestorsToAddAccess ||
    settings.enableOnBehalfRequestorsToUpdateAccess ||
    settings.enableOnBehalfRequestorsToRemoveAccess;
  if (mayAct && settings.onBehalfRequestors.length === 0) {
    return wrong('OnBehalfRequestorsNotValid', 'Say who may ask on behalf of others.', path);
  }
  return setsFault(settings.onBehalfRequestors, path, [user, group, targetManager], 'OnBehalfRequestorsNotValid');
}

const specificTargets: Readonly<Partial<Record<PolicyDocument['allowedTargetScope'], readonly string[]>>> = {
  specificDirectoryUsers: [user, group, rule],
  specificConnectedOrganizationUsers: [organization],
};

function checkTargets(policy: PolicyDocument): Refused | null {
  const allowed = specificTargets[policy.allowedTargetScope];
  const specific = allowed !== undefined;
  if (specific && policy.specificAllowedTargets.length === 0) {
    return wrong('TargetsNotValid', 'Say whom the policy is for.', 'specificAllowedTargets');
  }
  if (!specific && policy.specificAllowedTargets.length > 0) {
    return wrong(
      'TargetsNotValid',
      `Specific targets have no effect with the scope ${policy.allowedTargetScope}.`,
      'specificAllowedTargets',
    );
  }
  return setsFault(policy.specificAllowedTargets, 'specificAllowedTargets', allowed ?? [], 'TargetsNotValid');
}

function checkExpiration({ expiration }: PolicyDocument): Refused | null {
  return expirationFault(expiration, 'expiration');
}

/** What is wrong with an expiration at a path of the body; null if nothing. */
export function expirationFault(expiration: ExpirationDocument, path: string): Refused | null {
  const fault = (message: string, property: string) => wrong('ExpirationNotValid', message, `${path}/${property}`);
  if (expiration.type === 'afterDateTime' && expiration.endDateTime === null) {
    return fault('Say when assignments end.', 'endDateTime');
  }
  if (expiration.type !== 'afterDuration') return null;
  const length = expirationLength(expiration);
  if (length === null) return fault('Say how long assignments last (at most P3660D).', 'duration');
  return length.sign > 0 ? null : fault('Assignments must last longer than nothing.', 'duration');
}

/** How long assignments last, where a duration says so; null otherwise. */
export function expirationLength(expiration: ExpirationDocument): Temporal.Duration | null {
  return expiration.duration === null ? null : parseDuration(expiration.duration);
}

/** Every user and group that a policy names, with the path, to be looked up in the directory. */
export function namedIn(policy: PolicyDocument): Named[] {
  const stages = policy.requestApprovalSettings.stages.flatMap((stage, index) => {
    const path = `requestApprovalSettings/stages/${index}`;
    return [
      ...namedOf(stage.primaryApprovers, `${path}/primaryApprovers`),
      ...namedOf(stage.fallbackPrimaryApprovers, `${path}/fallbackPrimaryApprovers`),
      ...namedOf(stage.escalationApprovers, `${path}/escalationApprovers`),
      ...namedOf(stage.fallbackEscalationApprovers, `${path}/fallbackEscalationApprovers`),
    ];
  });
  return [
    ...namedOf(policy.specificAllowedTargets, 'specificAllowedTargets'),
    ...namedOf(policy.requestorSettings.onBehalfRequestors, 'requestorSettings/onBehalfRequestors'),
    ...stages,
  ];
}

function namedOf(sets: readonly SubjectSet[], path: string): Named[] {
  return sets.flatMap((set, index): Named[] => {
    if (set.userId !== undefined) return [{ path: `${path}/${index}/userId`, is: 'user', id: set.userId }];
    if (set.groupId !== undefined) return [{ path: `${path}/${index}/groupId`, is: 'group', id: set.groupId }];
    if (set.connectedOrganizationId !== undefined) {
      const where = `${path}/${index}/connectedOrganizationId`;
      return [{ path: where, is: 'connectedOrganization', id: set.connectedOrganizationId }];
    }
    return [];
  });
}
