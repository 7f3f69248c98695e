import { sql } from 'kysely';
import { type AccessOperation, readerMay } from '../../access/index.ts';
import { groupsOf, holdersAt, ledger, liveAt, type Mode } from '../../grants/index.ts';
import type { EntitySet, Navigation, Property, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { absent, composed, enumeration, guid, instant, one, text } from '../../graph/properties.ts';
import { kindOf, parseScheduleId } from '../ids.ts';
import { readerId } from '../reading.ts';

/** Directory roles, or places in groups. */
export type Of = 'role' | 'group';

/** What a set of the ledger's rows shows. */
interface Shows {
  readonly of: Of;
  readonly mode: Mode;
  /** A schedule lasts until it ends, and may be yet to start; an instance is in force now. */
  readonly as: 'schedule' | 'instance';
  /** Only what the reader has, by itself or through groups that it is an active member of. */
  readonly mine?: true;
}

const no = sql`false`;

/** SQL: the caller's id. */
export function me(context: ReadContext): Sql {
  return sql`${readerId(context)}::uuid`;
}

/** SQL: the groups that the caller is an active member of. */
export function myGroups(context: ReadContext): Sql {
  return sql`(select mine.group_id from ${groupsOf(me(context), context.now)} as mine)`;
}

/** SQL: the ids of the caller and of those groups: whoever is among them holds for the caller. */
export function meAndMyGroups(context: ReadContext): Sql {
  return sql`(select mine.group_id from ${myGroups(context)} as mine union all select ${me(context)})`;
}

/** SQL: whether the caller owns the group that the row is about. */
export function isMyGroup(row: Row, context: ReadContext): Sql {
  return sql`(${row('privilege_kind')} <> 'role'
    and exists (select 1 from ${holdersAt('group-owner', 'active', context.now)} as owner
      where owner.principal_id = ${me(context)} and owner.privilege_id = ${row('privilege_id')}))`;
}

/** By which rows of the table of access somebody reads all of it. */
export const scheduleReaders: Readonly<Record<Of, readonly AccessOperation[]>> = {
  role: ['roleSchedule.read', 'roleEligibility.manage', 'roleAssignmentSchedule.manage'],
  group: ['groupSchedule.read', 'groupEligibility.manage', 'groupAssignment.manage'],
};

/** Whether the caller may read all of it: an administrator of roles, or of groups where it is about groups. */
export function readsAll(of: Of, context: ReadContext): boolean {
  return scheduleReaders[of].some((operation) => readerMay(operation, context.reader));
}

function rows({ of, mode, as, mine }: Shows): EntitySet['from'] {
  const kinds =
    of === 'role' ? sql`held.privilege_kind = 'role'` : sql`held.privilege_kind in ('group-member', 'group-owner')`;
  return (context) => {
    const now = sql`${context.now}::timestamptz`;
    const open = sql`coalesce(least(held.ends_at, held.ended_at), 'infinity'::timestamptz) > ${now}`;
    const whose = mine ? sql`held.principal_id in ${meAndMyGroups(context)}` : sql`true`;
    return sql`(select held.*, held.principal_id ${mine ? sql`= ${me(context)}` : sql`is not null`} as is_direct
      from ${ledger} as held
      where ${kinds} and held.mode = ${mode} and ${as === 'schedule' ? open : liveAt('held', context.now)} and ${whose})`;
  };
}

function visible({ of, mine }: Shows): EntitySet['visible'] {
  return (row, context) => {
    if (mine || readsAll(of, context)) return sql`true`;
    return sql`(${row('principal_id')} = ${me(context)} or ${row('principal_id')} in ${myGroups(context)}
      or ${isMyGroup(row, context)})`;
  };
}

const end = (row: Row) => sql`least(${row('ends_at')}, ${row('ended_at')})`;

/** What a role's and a group's rows have in common. */
function common(
  shows: Shows,
  id: Property,
  link: (name: string) => Record<string, Property>,
): Record<string, Property> {
  if (shows.as === 'instance') {
    return {
      id,
      ...link(shows.mode === 'eligible' ? 'EligibilityScheduleId' : 'AssignmentScheduleId'),
      startDateTime: instant('starts_at'),
      endDateTime: instant(end),
    };
  }
  return {
    id,
    // The request that made it; for what a package or a rule gave, what it came from.
    createdUsing: text(
      (row) => sql`case when ${row('origin_kind')} = 'activation' then ${row('id')}::text
      else ${row('origin_id')} end`,
    ),
    createdDateTime: instant('given_at'),
    modifiedDateTime: absent('dateTimeOffset'),
    status: text(() => sql`'Provisioned'::text`),
    scheduleInfo: composed({
      startDateTime: instant('starts_at'),
      recurrence: absent('json'),
      expiration: composed({
        type: enumeration(
          ['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'],
          (row) => sql`case when ${end(row)} is null then 'noExpiration' else 'afterDateTime' end`,
        ),
        endDateTime: instant(end),
        duration: absent('duration'),
      }),
    }),
  };
}

function roleProperties(shows: Shows): Record<string, Property> {
  return {
    ...common(shows, guid('id'), (name) => ({ [`role${name}`]: guid('id') })),
    principalId: guid('principal_id'),
    roleDefinitionId: guid('privilege_id'),
    directoryScopeId: text('scope'),
    appScopeId: absent('string'),
    memberType: text((row) => sql`case when ${row('is_direct')} then 'Direct' else 'Group' end`),
    ...(shows.mode === 'eligible'
      ? {}
      : {
          assignmentType: text(
            (row) => sql`case when ${row('origin_kind')} = 'activation' then 'Activated' else 'Assigned' end`,
          ),
          ...(shows.as === 'instance' ? { roleAssignmentOriginId: guid('id') } : {}),
        }),
  };
}

/** The id on the wire of a group's schedule or instance. */
export function scheduleId(column: string): Property {
  return text(
    (row) => sql`${row('privilege_id')}::text || case ${row('privilege_kind')} when 'group-owner' then '_owner_'
      else '_member_' end || ${row(column)}::text`,
    {
      exact: true,
      equals: (row, literal) => {
        const parsed = parseScheduleId(literal);
        if (parsed === null) return no;
        return sql`(${row(column)} = ${parsed.id}::uuid and ${row('privilege_id')} = ${parsed.groupId}::uuid
          and ${row('privilege_kind')} = ${kindOf(parsed.accessId)}::text)`;
      },
    },
  );
}

/** `member` or `owner`, from the ledger's kind. */
export const accessId: Property = enumeration(
  ['owner', 'member', 'unknownFutureValue'],
  (row) => sql`case ${row('privilege_kind')} when 'group-owner' then 'owner' else 'member' end`,
);

function groupProperties(shows: Shows): Record<string, Property> {
  const lower = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return {
    ...common(shows, scheduleId('id'), (name) => ({ [lower(name)]: scheduleId('id') })),
    accessId,
    groupId: guid('privilege_id'),
    principalId: guid('principal_id'),
    memberType: enumeration(
      ['direct', 'group', 'unknownFutureValue'],
      (row) => sql`case when ${row('is_direct')} then 'direct' else 'group' end`,
    ),
    ...(shows.mode === 'eligible'
      ? {}
      : {
          assignmentType: enumeration(
            ['assigned', 'activated', 'unknownFutureValue'],
            (row) => sql`case when ${row('origin_kind')} = 'activation' then 'activated' else 'assigned' end`,
          ),
        }),
  };
}

/** The ways from a row about a privilege and a principal to what they are. */
export function navigationOf(of: Of): Record<string, Navigation> {
  const principal = one('directoryObjects', (row, child) => sql`${child('id')} = ${row('principal_id')}`);
  if (of === 'group')
    return { group: one('groups', (row, child) => sql`${child('id')} = ${row('privilege_id')}`), principal };
  return {
    roleDefinition: one('roleDefinitions', (row, child) => sql`${child('id')} = ${row('privilege_id')}`),
    principal,
    directoryScope: one('directoryObjects', (row, child) => sql`'/' || ${child('id')}::text = ${row('scope')}`),
    appScope: one('appScopes', () => sql`false`),
  };
}

/** Scopes that applications define: no role is given within one here, so that none is ever found. */
const appScopes: EntitySet = {
  name: 'appScopes',
  type: 'microsoft.graph.appScope',
  from: () => sql`(select null::text as id where false)`,
  properties: { id: text('id'), displayName: absent('string'), type: absent('string') },
  visible: () => sql`false`,
};

/** The name of a set, as Graph calls it. */
export function setName({ of, mode, as }: Pick<Shows, 'of' | 'mode' | 'as'>): string {
  const what = `${mode === 'eligible' ? 'Eligibility' : 'Assignment'}Schedule${as === 'instance' ? 'Instances' : 's'}`;
  return of === 'role' ? `role${what}` : `privilegedAccessGroup${what}`;
}

/** The set of the same rows that are the reader's own. */
export function ownSetName(shows: Pick<Shows, 'of' | 'mode' | 'as'>): string {
  return `${setName(shows)}OfCaller`;
}

function scheduleSet(shows: Shows): EntitySet {
  const { of, mode, as, mine } = shows;
  const type = `${mode === 'eligible' ? 'Eligibility' : 'Assignment'}Schedule${as === 'instance' ? 'Instance' : ''}`;
  const activatedUsing = one(
    setName({ of, mode: 'eligible', as }),
    (row, child) => sql`${row('origin_kind')} = 'activation' and ${child('id')}::text = ${row('origin_id')}`,
  );
  return {
    name: mine ? ownSetName(shows) : setName(shows),
    type: `microsoft.graph.${of === 'role' ? 'unifiedRole' : 'privilegedAccessGroup'}${type}`,
    from: rows(shows),
    properties: of === 'role' ? roleProperties(shows) : groupProperties(shows),
    navigation: { ...navigationOf(of), ...(mode === 'eligible' ? {} : { activatedUsing }) },
    visible: visible(shows),
    listable: (context) => readsAll(of, context),
    ownBy: ['principalId'],
    ...(mine ? { writesType: true } : {}),
    ...(of === 'group' && !mine ? { filterNeeds: [['groupId', 'principalId']] } : {}),
    notFound: 'ResourceNotFound',
  };
}

/** Every member of a tenant may read who has which role; applications need a permission. */
function readsRoleAssignments({ reader }: ReadContext): boolean {
  const isPerson = reader.caller.kind === 'user';
  return isPerson || readerMay('roleDefinition.read', reader) || readerMay('roleSchedule.read', reader);
}

/** What is in the ledger, as Graph shows role assignments that are in force. */
const roleAssignments: EntitySet = {
  name: 'roleAssignments',
  type: 'microsoft.graph.unifiedRoleAssignment',
  from: rows({ of: 'role', mode: 'active', as: 'instance' }),
  properties: {
    id: guid('id'),
    principalId: guid('principal_id'),
    principalOrganizationId: guid((_, context) => sql`${context.tenantId}::text`),
    roleDefinitionId: guid('privilege_id'),
    directoryScopeId: text('scope'),
    appScopeId: absent('string'),
    condition: absent('string'),
  },
  navigation: navigationOf('role'),
  visible: (_, context) => sql.lit(readsRoleAssignments(context)),
  listable: readsRoleAssignments,
  notFound: 'Request_ResourceNotFound',
};

const every: readonly Shows[] = (['role', 'group'] as const).flatMap((of) =>
  (['eligible', 'active'] as const).flatMap((mode) =>
    (['schedule', 'instance'] as const).flatMap((as): Shows[] => [
      { of, mode, as },
      { of, mode, as, mine: true },
    ]),
  ),
);

/** Schedules and instances: what the ledger holds, in PIM's words. */
export const scheduleSets: readonly EntitySet[] = [...every.map(scheduleSet), roleAssignments, appScopes];

/** Where schedules and instances hang, with the sets of all and of the caller's own. */
export const scheduleMounts: readonly { readonly path: string; readonly set: string; readonly ownSet: string }[] = every
  .filter((shows) => !shows.mine)
  .map((shows) => ({ path: pathOf(shows.of, setName(shows)), set: setName(shows), ownSet: ownSetName(shows) }));

/** All rows of a set: for what is the caller's own by its nature. */
export function all(): Sql {
  return sql`true`;
}

/** The path of a set of PIM. */
export function pathOf(of: Of, name: string): string {
  if (of === 'role') return `/roleManagement/directory/${name}`;
  const bare = name.replace(/^privilegedAccessGroup/, '');
  return `/identityGovernance/privilegedAccess/group/${bare.charAt(0).toLowerCase()}${bare.slice(1)}`;
}
