import type { AccessOperation } from '../access/index.ts';
import type { Id } from '../kernel/ids.ts';
import { type Audience, type Happening, nobody } from './audience.ts';

/** By which rows of the table of access schedules and requests of PIM are read: the second door says it. */
export type ScheduleReaders = Readonly<Record<'role' | 'group', readonly AccessOperation[]>>;

type Part = Partial<Omit<Audience, 'kinds' | 'except'>>;

/** Events that concern people alike. The first family that an event's type fits is its own. */
interface Family {
  readonly of: RegExp;
  /** Kinds of things that have changed, and whom that concerns. */
  readonly tells: (
    happening: Happening,
    readers: ScheduleReaders,
  ) => readonly (readonly [kinds: readonly string[], Part])[];
}

const groupReaders: readonly AccessOperation[] = ['group.read', 'group.update', 'group.manageMembers'];
const firstDoor: readonly AccessOperation[] = ['entitlements.readAll'];

/** The ids that an event's data has under some names. */
function idsOf({ data }: Happening, ...names: readonly string[]): Id[] {
  return names.flatMap((name) => data[name]).filter((id): id is Id => typeof id === 'string');
}

/** One thing that everybody is told by the same part. */
function thing(of: RegExp, kinds: readonly string[], part: (happening: Happening) => Part): Family {
  return { of, tells: (happening) => [[kinds, part(happening)]] };
}

const ofWhat = (happening: Happening) => (happening.data['privilegeKind'] === 'role' ? 'role' : 'group');

/** `roleEligibilitySchedule`, `groupAssignmentSchedule`, … as PIM calls the rows of a mode. */
function scheduleKind(happening: Happening): string {
  return `${ofWhat(happening)}${happening.data['mode'] === 'eligible' ? 'Eligibility' : 'Assignment'}Schedule`;
}

/** Who has a privilege: the principal, those in the group that it is, the owners of the group that it is a place in. */
function holders(happening: Happening, readers: ScheduleReaders): Part {
  const of = ofWhat(happening);
  const principal = idsOf(happening, 'principalId');
  return {
    people: principal,
    membersOf: happening.data['principalKind'] === 'group' ? principal : [],
    ownersOf: of === 'group' ? idsOf(happening, 'privilegeId') : [],
    readers: readers[of],
  };
}

const families: readonly Family[] = [
  {
    of: /^(role|group-member|group-owner)\.(eligible|active)\.[a-z]+$/,
    tells: (happening, readers) => {
      const held = holders(happening, readers);
      const told = [[[scheduleKind(happening)], held] as const];
      if (ofWhat(happening) === 'role' || happening.data['mode'] !== 'active') return told;
      return [...told, [['group'], { ...held, readers: groupReaders }]];
    },
  },
  thing(/^entitlement-role\.active\./, ['entitlementRoleAssignment'], (happening) => ({
    people: idsOf(happening, 'principalId'),
    catalogs: idsOf(happening, 'scope').map((scope) => scope.split('/')[2] ?? ''),
    readers: [...firstDoor, 'entitlementRole.read'],
  })),
  {
    of: /^(role|group-member|group-owner)\.policy\.updated$/,
    tells: (happening) => {
      const isRole = ofWhat(happening) === 'role';
      const readers: readonly AccessOperation[] = [
        isRole ? 'roleManagementPolicy.readForRole' : 'roleManagementPolicy.readForGroup',
      ];
      return [[['roleManagementPolicy'], { ownersOf: isRole ? [] : idsOf(happening, 'privilegeId'), readers }]];
    },
  },
  {
    of: /^(role|group-member|group-owner)\.[\w.]+\.endsSoon$/,
    tells: (happening, readers) => [[[scheduleKind(happening)], holders(happening, readers)]],
  },
  {
    of: /^(role|group-member|group-owner)\.(activation|deactivation|(eligible|active)\.assignment)\./,
    tells: (happening, readers) => [
      [[`${scheduleKind(happening)}Request`], { ...holders(happening, readers), approvals: [happening.subject] }],
    ],
  },
  {
    of: /^activation-approval\./,
    tells: (happening, readers) => {
      const about = happening.data['about'] as { readonly type?: string } | null;
      const of = about?.type === 'Role' ? 'role' : 'group';
      const kinds = ['approval', `${of}AssignmentScheduleRequest`];
      return [[kinds, { ...deciding(happening), readers: readers[of] }]];
    },
  },
  thing(/^package-approval\./, ['approval', 'assignmentRequest'], (happening) => {
    const about = happening.data['about'] as { readonly id?: unknown } | null;
    return {
      ...deciding(happening),
      packages: typeof about?.id === 'string' ? [about.id] : [],
      readers: firstDoor,
    };
  }),
  thing(/^assignment-request\./, ['assignmentRequest'], (happening) => ({
    people: idsOf(happening, 'requestorId', 'targetId'),
    approvals: [happening.subject],
    packages: idsOf(happening, 'packageId'),
    readers: firstDoor,
  })),
  thing(/^assignment\./, ['assignment'], (happening) => ({
    people: idsOf(happening, 'targetId'),
    assignments: [happening.subject],
    packages: idsOf(happening, 'packageId'),
    readers: firstDoor,
  })),
  thing(/^assignment-policy\./, ['assignmentPolicy'], (happening) => ({
    packages: idsOf(happening, 'packageId'),
    readers: firstDoor,
  })),
  thing(/^access-package\./, ['accessPackage'], (happening) => ({
    catalogs: idsOf(happening, 'catalogId'),
    readers: firstDoor,
  })),
  thing(/^catalog-resource\./, ['catalogResource'], (happening) => ({
    catalogs: idsOf(happening, 'catalogId'),
    readers: firstDoor,
  })),
  thing(/^catalog\./, ['catalog'], ({ subject }) => ({ catalogs: [subject], readers: firstDoor })),
  thing(/^connected-organization\./, ['connectedOrganization'], () => ({
    readers: [...firstDoor, 'connectedOrganization.manage'],
  })),
  thing(/^entitlement-role\./, ['entitlementRoleDefinition'], () => ({
    readers: [...firstDoor, 'entitlementRole.read'],
  })),
  thing(/^entitlement-settings\./, ['entitlementManagementSettings'], () => ({ readers: firstDoor })),
  thing(/^subject\./, ['subject'], ({ subject }) => ({ people: [subject], readers: firstDoor })),
  thing(/^user\./, ['user'], (happening) => ({
    people: [happening.subject, ...idsOf(happening, 'before', 'managerId', 'sponsorId')],
    readers: ['user.read', 'user.update'],
  })),
  thing(/^group\./, ['group'], ({ subject }) => ({
    membersOf: [subject],
    ownersOf: [subject],
    readers: groupReaders,
  })),
  thing(/^directory-object\./, ['user', 'group'], () => ({ readers: ['directory.read'] })),
  thing(/^(role-definition|directory-role)\./, ['roleDefinition'], () => ({
    readers: ['roleDefinition.read', 'roleDefinition.manage'],
  })),
  thing(/^authentication-context\./, ['authenticationContext'], () => ({
    readers: ['authenticationContext.read', 'authenticationContext.manage'],
  })),
  thing(/^app\./, ['servicePrincipal'], () => ({ readers: ['servicePrincipal.read'] })),
  thing(/^organization\./, ['organization'], () => ({ readers: ['organization.read'] })),
  thing(/^governance-settings\./, ['governanceSettings'], () => ({ readers: ['governanceSettings.read'] })),
  thing(/^linked-accounts\./, ['linkedAccounts'], (happening) => ({
    people: idsOf(happening, 'before', 'accountIds'),
    readers: ['linkedAccounts.read'],
  })),
  // What they did has events of its own; these are for the record.
  { of: /^(breakGlass\.used|selfGrant\.allowed)$/, tells: () => [] },
  // What happened in the week was told as it happened.
  { of: /^pim\.weekPassed$/, tells: () => [] },
];

/** Who takes part in an approval: who asks, who gains, who decides, and who could decide until this event. */
function deciding(happening: Happening): Part {
  return {
    people: idsOf(happening, 'requestorId', 'subjectId', 'removedIds'),
    approvals: [happening.subject],
  };
}

/** Whether some family knows what to do with a type of event. */
export function isKnown(type: string): boolean {
  return families.some(({ of }) => of.test(type));
}

/**
 * Whom an event concerns. What has happened is told to those who have to do with it, and everything, refusals too, to
 * readers of the audit log; a refusal not to whom it met, who knows of it.
 */
export function audiencesOf(happening: Happening, readers: ScheduleReaders): readonly Audience[] {
  const audit: Audience = {
    ...nobody,
    kinds: ['directoryAudit'],
    readers: ['audit.read'],
    except: happening.result === 'failure' ? happening.actorId : null,
  };
  if (happening.result === 'failure') return [audit];
  const actor = happening.actorId === null ? [] : [happening.actorId];
  const family = families.find(({ of }) => of.test(happening.type));
  const told = (family?.tells(happening, readers) ?? []).map(([kinds, part]): Audience => {
    return { ...nobody, ...part, kinds, people: [...actor, ...(part.people ?? [])] };
  });
  return [audit, ...told];
}
