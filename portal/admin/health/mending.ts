import type { FindingsAnswer } from '../../../src/health/contract.ts';

/** Something that is wrong, as the server says it. */
export type Finding = FindingsAnswer['value'][number];

type Kind = Finding['kind'];

/** What is on the page to which a link leads. */
export type PlaceName =
  | 'role'
  | 'roleSettings'
  | 'groupMembers'
  | 'groupOwners'
  | 'groupRoles'
  | 'groupPim'
  | 'groupSettings'
  | 'policy'
  | 'packageRoles'
  | 'packagePolicies'
  | 'catalog';

/** A page of the portal where a finding is mended. */
export interface Place {
  readonly name: PlaceName;
  readonly to: string;
  /** The tab of it. */
  readonly tab?: string;
}

/** What a finding was concluded from, by its name; `''` if it is not there. */
export function factOf({ facts }: Pick<Finding, 'facts'>, name: string): string {
  const value = (facts as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** People, roles or groups that a finding names. */
export function namedIn(
  { facts }: Pick<Finding, 'facts'>,
  name: string,
): readonly { readonly id: string; readonly displayName: string }[] {
  const value = (facts as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(value) ? value : [];
}

/** The id at the end of one of a finding's links. */
function linked({ links }: Finding, name: string): string {
  return String((links as Readonly<Record<string, unknown>>)[name] ?? '')
    .split('/')
    .slice(-1)
    .join('');
}

const role = (id: string): Place => ({ name: 'role', to: `/admin/roles/${id}` });
const roleSettings = (id: string): Place => ({ name: 'roleSettings', to: `/admin/roles/${id}`, tab: 'settings' });
const group = (name: PlaceName, id: string, tab: string): Place => ({ name, to: `/admin/groups/${id}`, tab });
const groupSettings = (id: string) => group('groupSettings', id, 'settings');

/** Where a role is taken or given that somebody holds: at the role, or in the group through which it comes. */
function holding(finding: Finding): readonly Place[] {
  const [through] = namedIn(finding, 'throughGroups');
  const direct = role(factOf(finding, 'roleId'));
  if (through === undefined) return [direct];
  const byGroup = group('groupMembers', through.id, 'members');
  return (finding.facts as { readonly isDirect?: boolean }).isDirect === true ? [direct, byGroup] : [byGroup];
}

function policy(finding: Finding): Place {
  return { name: 'policy', to: `/admin/packages/${linked(finding, 'accessPackage')}/policies/${finding.subject.id}` };
}

/** The settings of PIM for what is activated: a role, or a place in a group. */
function settings({ subject }: Finding): readonly Place[] {
  return [subject.type === 'roleDefinition' ? roleSettings(subject.id) : groupSettings(subject.id)];
}

/** Who decides: in the policy of a package, or in the settings of what is activated. */
function deciding(finding: Finding): readonly Place[] {
  return finding.subject.type === 'assignmentPolicy' ? [policy(finding)] : settings(finding);
}

function expiration(finding: Finding): readonly Place[] {
  const id = factOf(finding, 'originId');
  return [policy(finding), factOf(finding, 'gives') === 'eligible' ? roleSettings(id) : groupSettings(id)];
}

function activation(finding: Finding): readonly Place[] {
  const id = factOf(finding, 'privilegeId');
  return [factOf(finding, 'privilegeKind') === 'role' ? roleSettings(id) : groupSettings(id), policy(finding)];
}

function opening(finding: Finding): readonly Place[] {
  if (factOf(finding, 'because') === 'catalogNotPublished') {
    return [{ name: 'catalog', to: `/admin/catalogs/${linked(finding, 'catalog')}` }];
  }
  return [{ name: 'packagePolicies', to: `/admin/packages/${finding.subject.id}`, tab: 'policies' }];
}

const places: Readonly<Record<Kind, (finding: Finding) => readonly Place[]>> = {
  standingPrivilege: holding,
  disabledAccountWithPrivilege: holding,
  permanentEligibility: holding,
  guestWithPrivilege: holding,
  privilegedPackageWithoutApproval: (finding) => [policy(finding)],
  unreachableStage: deciding,
  singleApprover: deciding,
  stageWithoutFallback: deciding,
  activationWithoutMfa: settings,
  activationWithoutJustification: settings,
  activationWithoutApproval: settings,
  notificationReachesNobody: settings,
  roleGroupOutsidePim: ({ subject }) => [
    group('groupPim', subject.id, 'pim'),
    group('groupRoles', subject.id, 'roles'),
  ],
  groupWithSeveralRoles: ({ subject }) => [group('groupRoles', subject.id, 'roles')],
  roleGroupWithoutOwner: ({ subject }) => [group('groupOwners', subject.id, 'owners')],
  roleGroupOwnerDisabled: ({ subject }) => [group('groupOwners', subject.id, 'owners')],
  expiryMismatch: expiration,
  activationOutlastsPackage: activation,
  twoActivations: (finding) => [
    { name: 'packageRoles', to: `/admin/packages/${finding.subject.id}`, tab: 'roles' },
    group('groupRoles', factOf(finding, 'groupId'), 'roles'),
  ],
  packageNobodyCanAskFor: opening,
};

/** Every kind that the server knows. */
export const kindsOfFindings = Object.keys(places) as readonly Kind[];

/** The pages where a finding is mended, the likeliest first. */
export function placesOf(finding: Finding): readonly Place[] {
  return places[finding.kind](finding);
}

const pages = {
  user: '/admin/users',
  group: '/admin/groups',
  roleDefinition: '/admin/roles',
  accessPackage: '/admin/packages',
} as const;

/** The page of what a finding is about. */
export function subjectPage(finding: Finding): string {
  const { type, id } = finding.subject;
  return type === 'assignmentPolicy' ? policy(finding).to : `${pages[type]}/${id}`;
}
