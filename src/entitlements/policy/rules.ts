import type { Id } from '../../kernel/ids.ts';
import type { Outcome, Refused } from '../../kernel/outcome.ts';
import { parseDuration } from '../../kernel/time.ts';
import { automaticFault } from '../automatic/decisions.ts';
import { notBuilt, wrong } from '../refusals.ts';
import type { ExpirationDocument, PolicyDocument, StageDocument, SubjectSet } from './document.ts';
import { scopeFault } from './outsiders.ts';
import { checkQuestions } from './questions.ts';

const user = '#microsoft.graph.singleUser';
const group = '#microsoft.graph.groupMembers';
const manager = '#microsoft.graph.requestorManager';
const organization = '#microsoft.graph.connectedOrganizationMembers';
const rule = '#microsoft.graph.attributeRuleMembers';

const shortestDecision = Temporal.Duration.from({ hours: 24 });
const longestDecision = Temporal.Duration.from({ hours: 14 * 24 });

/** Somebody whom a policy names; `path` is where. */
export interface Named {
  readonly path: string;
  readonly is: 'user' | 'group' | 'connectedOrganization';
  readonly id: Id;
}

/**
 * Whether a policy can be kept. What Graph knows and this server does not enforce is stored where it gives nobody
 * more than is said (mail, visibility) and refused where it would (`NotSupported`, 400). Other refusals, all 400:
 * `StageCountNotValid`, `DecisionTimeNotValid`, `ApproversNotValid`, `TargetsNotValid`, `ExpirationNotValid`,
 * `AutomaticPolicyNotValid`, `QuestionNotValid`, `PropertyRequired`, `ApprovalRequiredForOutsiders`; 501 for packages for applications.
 */
export function checkPolicy(policy: PolicyDocument): Outcome<void> {
  const checks = [checkNames, checkSupported, scopeFault, automaticFault, checkTargets, checkExpiration, checkStages];
  for (const check of checks) {
    const fault = check(policy);
    if (fault !== null) return fault;
  }
  return checkQuestions(policy.questions);
}

function checkNames(policy: PolicyDocument): Refused | null {
  return policy.displayName.trim() === '' ? wrong('PropertyRequired', 'A policy needs a name.', 'displayName') : null;
}

function checkSupported(policy: PolicyDocument): Refused | null {
  const no = (what: string, path: string) => wrong('NotSupported', `This server does not support ${what} yet.`, path);
  const settings = policy.requestorSettings;
  if (
    settings.enableOnBehalfRequestorsToAddAccess ||
    settings.enableOnBehalfRequestorsToUpdateAccess ||
    settings.enableOnBehalfRequestorsToRemoveAccess
  ) {
    return no('requests on behalf of others', 'requestorSettings');
  }
  if (policy.reviewSettings?.isEnabled) return notBuilt('access reviews', 'reviewSettings/isEnabled');
  if (policy.customExtensionStageSettings.length > 0) {
    return notBuilt('custom extensions', 'customExtensionStageSettings');
  }
  return null;
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
  return checkSets(policy.specificAllowedTargets, 'specificAllowedTargets', allowed ?? [], 'TargetsNotValid');
}

function checkSets(
  sets: readonly SubjectSet[],
  path: string,
  allowed: readonly string[],
  code: string,
): Refused | null {
  const index = sets.findIndex((set) => !allowed.includes(set['@odata.type']));
  if (index < 0) return null;
  const type = sets[index]?.['@odata.type'] ?? '';
  return wrong(code, `${type.replace(/^#microsoft\.graph\./, '')} cannot stand here.`, `${path}/${index}`);
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

function checkStages(policy: PolicyDocument): Refused | null {
  const path = 'requestApprovalSettings/stages';
  const { stages, isApprovalRequiredForAdd } = policy.requestApprovalSettings;
  if (stages.length > 3) return wrong('StageCountNotValid', 'There are at most three stages.', path);
  if (isApprovalRequiredForAdd && stages.length === 0) {
    return wrong('StageCountNotValid', 'Where approval is required there must be a stage.', path);
  }
  for (const [index, stage] of stages.entries()) {
    const fault = checkStage(stage, `${path}/${index}`);
    if (fault !== null) return fault;
  }
  const withManager = stages.filter((stage) => stage.primaryApprovers.some((set) => set['@odata.type'] === manager));
  return withManager.length > 1 ? wrong('ApproversNotValid', 'The manager can approve in one stage only.', path) : null;
}

function checkStage(stage: StageDocument, path: string): Refused | null {
  const time = parseDuration(stage.durationBeforeAutomaticDenial);
  const { compare } = Temporal.Duration;
  if (time === null || compare(time, shortestDecision) < 0 || compare(time, longestDecision) > 0) {
    return wrong(
      'DecisionTimeNotValid',
      'A stage is decided within P1D to P14D.',
      `${path}/durationBeforeAutomaticDenial`,
    );
  }
  if (stage.isEscalationEnabled) {
    return wrong(
      'NotSupported',
      'This server does not support alternate approvers yet.',
      `${path}/isEscalationEnabled`,
    );
  }
  if (stage.primaryApprovers.length === 0) {
    return wrong('ApproversNotValid', 'A stage needs approvers.', `${path}/primaryApprovers`);
  }
  return (
    checkSets(stage.primaryApprovers, `${path}/primaryApprovers`, [user, group, manager], 'ApproversNotValid') ??
    checkSets(stage.fallbackPrimaryApprovers, `${path}/fallbackPrimaryApprovers`, [user, group], 'ApproversNotValid')
  );
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
  return [...namedOf(policy.specificAllowedTargets, 'specificAllowedTargets'), ...stages];
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
