import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

export type Severity = 'high' | 'medium' | 'low';

/** What a finding can be about. */
export type SubjectType = 'user' | 'group' | 'roleDefinition' | 'accessPackage' | 'assignmentPolicy';

/** What else it can concern. */
type Concerned = SubjectType | 'catalog';

/** What is known of a kind of finding, whatever it is found of. */
export interface KindOfFinding {
  readonly severity: Severity;
  /** What is wrong, and why that matters. */
  readonly says: string;
  /** What to do, as a code that a client can act on and has words for. */
  readonly whatToDo: string;
  /** The same in words. */
  readonly advice: string;
}

function kind(severity: Severity, says: string, whatToDo: string, advice: string): KindOfFinding {
  return { severity, says, whatToDo, advice };
}

/** Every kind of finding. The reference (`docs/reference/findings.md`) is generated from these. */
export const kindsOfFindings = {
  standingPrivilege: kind(
    'high',
    'Somebody holds a privileged role actively and for ever, and is not settled to be a break-glass account.',
    'makeEligible',
    'Make them eligible for the role in place of it, or name the account as break-glass in the settings.',
  ),
  disabledAccountWithPrivilege: kind(
    'high',
    'An account that is disabled holds a privileged role, or may activate one: it has it back once it is enabled.',
    'removeAssignment',
    'Take the assignment or the membership away. Give it anew if the account comes back into use.',
  ),
  privilegedPackageWithoutApproval: kind(
    'high',
    'A package that leads to a privileged role is given by a policy that nobody has to approve.',
    'requireApproval',
    'Require approval in the policy, by somebody else than those who may ask.',
  ),
  unreachableStage: kind(
    'high',
    'Nobody could decide a stage: every request by the policy, or every activation, waits until it times out.',
    'nameApprovers',
    'Name approvers whose accounts are in use, or a fallback.',
  ),
  activationWithoutMfa: kind(
    'high',
    'A privileged role can be activated without proving a second factor.',
    'requireMfa',
    'Demand multifactor authentication or an authentication context in the settings of the role.',
  ),
  roleGroupOutsidePim: kind(
    'high',
    'A group holds a privileged role actively, and PIM does not manage the group: to be in it is to hold the role.',
    'onboardGroup',
    'Bring the group under PIM and make its members eligible, or make the group eligible for the role.',
  ),
  permanentEligibility: kind(
    'medium',
    'Somebody may activate a privileged role for ever, without ever having to ask again.',
    'giveEligibilityAnEnd',
    'Give the eligibility an end, or let people come to it by an access package.',
  ),
  guestWithPrivilege: kind(
    'medium',
    'A guest holds a privileged role, or may activate one.',
    'reviewGuest',
    'Look whether that is meant, and give it an end.',
  ),
  singleApprover: kind(
    'medium',
    'One person alone decides: their absence stops every request.',
    'nameSecondApprover',
    'Name another approver, an alternate or a group.',
  ),
  stageWithoutFallback: kind(
    'medium',
    'A stage is decided by how people stand to the requestor alone: who has no manager or sponsors cannot pass.',
    'nameFallback',
    'Name fallback approvers.',
  ),
  expiryMismatch: kind(
    'medium',
    'A policy promises access for longer than what the package gives can last: it ends before the package does.',
    'alignExpiration',
    'Shorten the expiration of the policy, or lengthen what PIM allows for the group.',
  ),
  twoActivations: kind(
    'medium',
    'A package makes people eligible members of a group that is itself eligible for a role: they activate twice.',
    'chooseOneActivation',
    'Give membership in the package, or let the group hold the role actively.',
  ),
  groupWithSeveralRoles: kind(
    'medium',
    'A group has several privileged roles: whoever comes in for one has them all.',
    'splitGroup',
    'Make one group a role.',
  ),
  roleGroupWithoutOwner: kind(
    'medium',
    'A group that can hold roles has no owner whose account is in use.',
    'nameOwner',
    'Name owners, two at least.',
  ),
  roleGroupOwnerDisabled: kind(
    'medium',
    'An owner of a group that can hold roles has an account that is disabled: it owns the group once it is enabled.',
    'removeOwner',
    'Take the ownership away.',
  ),
  activationWithoutJustification: kind(
    'medium',
    'A privileged role can be activated without saying why: the audit log cannot tell either.',
    'requireJustification',
    'Demand a justification in the settings of the role.',
  ),
  notificationReachesNobody: kind(
    'medium',
    'A notification of PIM is switched on and has no recipients.',
    'nameRecipients',
    'Switch the default recipients on, name addresses, or switch the notification off.',
  ),
  activationOutlastsPackage: kind(
    'low',
    'An activation may be asked for longer than the package lasts that it hangs on: it is cut short.',
    'alignActivation',
    'Shorten the maximum of activations, or lengthen the expiration of the policy.',
  ),
  activationWithoutApproval: kind(
    'low',
    'A privileged role can be activated without approval by somebody whom no package approved either.',
    'requireActivationApproval',
    'Require approval of activations, or let people come to the eligibility by a package that is approved.',
  ),
  packageNobodyCanAskFor: kind(
    'low',
    'Nobody can ask for a package: only administrators can assign it.',
    'openPackage',
    'Publish its catalog, or give it a policy that lets people ask.',
  ),
} as const satisfies Readonly<Record<string, KindOfFinding>>;

export type FindingKind = keyof typeof kindsOfFindings;

/** Something that is wrong, or will be. */
export interface Finding {
  /** The same as long as the same is wrong with the same thing. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly subject: { readonly type: SubjectType; readonly id: Id; readonly displayName: string };
  /** What it was concluded from, by names of each kind's own. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Since when it has been so, where that is known. */
  readonly since: Instant | null;
  readonly whatToDo: string;
  /** Where what it is about is found in the API, by what it is. */
  readonly links: Readonly<Record<string, string>>;
}

const places: Readonly<Record<Concerned, string>> = {
  user: '/v1.0/users',
  group: '/v1.0/groups',
  roleDefinition: '/v1.0/roleManagement/directory/roleDefinitions',
  accessPackage: '/v1.0/identityGovernance/entitlementManagement/accessPackages',
  assignmentPolicy: '/v1.0/identityGovernance/entitlementManagement/assignmentPolicies',
  catalog: '/v1.0/identityGovernance/entitlementManagement/catalogs',
};

/** Where something is found in the API. */
function placeOf(type: Concerned, id: Id): string {
  return `${places[type]}/${id}`;
}

/** What a rule of this folder says of a finding; the rest follows from the kind. */
export interface Found {
  readonly kind: FindingKind;
  readonly subject: Finding['subject'];
  /** What tells it from others of the kind about the same subject. */
  readonly apart?: readonly (string | number)[];
  readonly facts?: Finding['facts'];
  readonly since?: Instant | null;
  /** What else it is about, by what it is. */
  readonly about?: readonly (readonly [type: Concerned, id: Id])[];
}

/** A finding, whole. */
export function finding({ kind: of, subject, apart = [], facts = {}, since = null, about = [] }: Found): Finding {
  const links = [[subject.type, subject.id] as const, ...about].map(([type, id]) => [type, placeOf(type, id)]);
  const { severity, whatToDo } = kindsOfFindings[of];
  return {
    id: [of, subject.id, ...apart].join(':'),
    kind: of,
    severity,
    subject,
    facts,
    since,
    whatToDo,
    links: Object.fromEntries(links),
  };
}

const order: readonly Severity[] = ['high', 'medium', 'low'];

/** The worst first; within that by kind and by name, so that a page stays where it is. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity, kind: of, subject, id }: Finding) =>
    `${order.indexOf(severity)} ${of} ${subject.displayName.toLowerCase()} ${id}`;
  return findings.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
