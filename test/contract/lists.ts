import type { Json } from '../scenarios/play.ts';

/** A condition in the words of `$filter`, and the same of a row of the answer. */
export type Filter = readonly [string, (row: Json) => boolean];

/** What is asked of a list. */
export interface Asked {
  readonly order: string | null;
  readonly filter: Filter | null;
  readonly search: string | null;
  readonly expand: string;
}

/** A list, and what can be asked of it. */
export interface Listed {
  readonly path: string;
  /** Where its rows are read by key; null where they are not. */
  readonly byKey: string | null;
  /** Options that go with every question. */
  readonly always: string;
  /** What is expanded so that every filter can be applied by hand. */
  readonly looksAt: string;
  /** What of it is asked for at all: it grows while it is read. */
  readonly within?: Filter;
  readonly expands: readonly string[];
  readonly orders: readonly string[];
  readonly filters: readonly Filter[];
  readonly searches: readonly string[];
}

/** What the lists are about. */
export interface Known {
  readonly groupId: string;
  readonly packageId: string;
  readonly seedPackageId: string;
  readonly requestorId: string;
  readonly now: string;
}

// Letters beyond ASCII are written as they are kept: whether their case is folded is for the locale of the database to say.

/** The value at a path of a row; null where there is none. */
export function valueAt(row: unknown, path: string): unknown {
  let value = row;
  for (const name of path.split('/')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value ?? null;
}

const folded = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);
const written = (value: string | boolean | null) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : value;

function eq(path: string, value: string | boolean | null): Filter {
  return [`${path} eq ${written(value)}`, (row) => folded(valueAt(row, path)) === folded(value)];
}

function ne(path: string, value: string | boolean | null): Filter {
  return [`${path} ne ${written(value)}`, (row) => folded(valueAt(row, path)) !== folded(value)];
}

function starts(path: string, value: string): Filter {
  const holds = (row: Json) =>
    String(valueAt(row, path) ?? '')
      .toLowerCase()
      .startsWith(value.toLowerCase());
  return [`startswith(${path},${written(value)})`, holds];
}

/** Both of two conditions. */
export function both([a, holdsA]: Filter, [b, holdsB]: Filter): Filter {
  return [`${a} and ${b}`, (row) => holdsA(row) && holdsB(row)];
}

function either([a, holdsA]: Filter, [b, holdsB]: Filter): Filter {
  return [`(${a} or ${b})`, (row) => holdsA(row) || holdsB(row)];
}

function not([a, holds]: Filter): Filter {
  return [`not(${a})`, (row) => !holds(row)];
}

const entitlements = '/identityGovernance/entitlementManagement';
const plain = { always: '', looksAt: '', expands: [], searches: [] } as const;

/** The lists that are asked about. */
export function listsOf({ groupId, packageId, seedPackageId, requestorId, now }: Known): readonly Listed[] {
  const pim = (path: string, of: string): Listed => ({
    ...plain,
    path,
    byKey: path,
    looksAt: 'principal',
    expands: ['principal', of],
    orders: [
      'createdDateTime',
      'createdDateTime desc,justification',
      'justification',
      'justification desc',
      'ticketInfo/ticketNumber desc,completedDateTime',
      'completedDateTime desc,status desc',
      'isValidationOnly,ticketInfo/ticketNumber',
      'id desc',
    ],
    filters: [
      eq('status', 'Provisioned'),
      ne('status', 'denied'),
      eq('principalId', requestorId),
      eq('justification', null),
      ne('ticketInfo/ticketNumber', 'T1'),
      either(eq('action', 'selfActivate'), eq('justification', 'because 2')),
      starts('principal/displayName', 'ann'),
      not(starts('principal/displayName', 'a')),
    ],
  });
  const ofGroup = (name: string): Listed => ({
    ...pim(`/identityGovernance/privilegedAccess/group/${name}`, 'group'),
    within: [`groupId eq '${groupId}'`, () => true],
  });
  const select =
    '$select=id,displayName,jobTitle,department,mail,surname,city,createdDateTime,employeeHireDate,accountEnabled';
  return [
    {
      ...plain,
      path: '/users',
      byKey: '/users',
      always: select,
      looksAt: 'manager',
      expands: ['manager', 'memberOf($select=id)'],
      orders: [
        'jobTitle',
        'jobTitle desc',
        'department desc,jobTitle',
        'displayName desc,mail',
        'createdDateTime,displayName desc',
        'employeeHireDate',
        'employeeHireDate desc,accountEnabled',
        'surname,city desc',
        'accountEnabled desc,department',
        'manager/displayName,displayName',
        'manager/displayName desc',
        'id desc',
      ],
      filters: [
        eq('jobTitle', 'ENGINEER'),
        ne('jobTitle', 'engineer'),
        eq('department', null),
        starts('displayName', 'ann'),
        starts('displayName', 'Ås'),
        not(starts('jobTitle', 'e')),
        both(eq('accountEnabled', true), ne('mail', null)),
        ne('manager/displayName', 'manager'),
        eq('displayName', "O'Neil"),
      ],
      searches: ['"displayName:ann"', '"displayName:bob" OR "mail:crowd1"', '"displayName:%_"'],
    },
    {
      ...plain,
      path: '/groups',
      byKey: '/groups',
      expands: ['members($select=id)', 'owners'],
      orders: [
        'displayName desc',
        'description',
        'description desc,displayName',
        'createdDateTime desc',
        'mail desc',
        'isAssignableToRole desc',
      ],
      filters: [
        eq('description', null),
        ne('description', 'about 1'),
        starts('displayName', 'crew A'),
        eq('isAssignableToRole', false),
      ],
      searches: ['"displayName:crew a1"', '"description:about"'],
    },
    {
      ...plain,
      path: '/directoryObjects',
      byKey: '/directoryObjects',
      orders: ['displayName', 'displayName desc', 'id desc'],
      filters: [starts('displayName', 'ann'), ne('displayName', 'Ann')],
      searches: ['"displayName:a"'],
    },
    {
      ...plain,
      path: `/groups/${groupId}/members`,
      byKey: null,
      orders: ['displayName', 'displayName desc', 'id'],
      filters: [starts('displayName', 'ann'), eq('displayName', 'bob')],
      searches: ['"displayName:bo"'],
    },
    {
      ...plain,
      path: `/groups/${groupId}/transitiveMembers/microsoft.graph.user`,
      byKey: null,
      always: select,
      orders: ['jobTitle', 'jobTitle desc,displayName', 'department desc,jobTitle desc', 'mail'],
      filters: [eq('jobTitle', 'engineer'), ne('department', 'd1')],
      searches: ['"displayName:bo"'],
    },
    {
      ...plain,
      path: '/directory/deletedItems/microsoft.graph.user',
      byKey: null,
      orders: ['displayName desc', 'deletedDateTime desc', 'deletedDateTime,displayName desc', 'jobTitle desc'],
      filters: [starts('displayName', 'ann'), eq('jobTitle', null)],
      searches: [],
    },
    {
      ...plain,
      path: '/directory/deletedItems/microsoft.graph.group',
      byKey: null,
      orders: ['displayName', 'deletedDateTime desc,displayName', 'description desc'],
      filters: [starts('displayName', 'crew a'), eq('description', null)],
    },
    {
      ...plain,
      path: `${entitlements}/assignmentRequests`,
      byKey: `${entitlements}/assignmentRequests`,
      looksAt: 'accessPackage,requestor,assignment($expand=target,accessPackage)',
      expands: ['requestor,assignment($expand=target)', 'accessPackage'],
      orders: [
        'createdDateTime',
        'createdDateTime desc,state',
        'completedDateTime',
        'completedDateTime desc',
        'completedDateTime desc,createdDateTime',
        'justification',
        'justification desc,completedDateTime desc',
        'assignment/target/displayName',
        'assignment/target/displayName desc,createdDateTime',
        'accessPackage/displayName desc,state desc',
        'requestor/email',
        'requestor/email desc,justification',
      ],
      filters: [
        eq('state', 'pendingApproval'),
        eq('state', 'denied'),
        ne('state', 'delivered'),
        eq('status', 'expired'),
        eq('accessPackage/id', packageId),
        ne('accessPackage/id', packageId),
        both(eq('accessPackage/id', seedPackageId), eq('state', 'Canceled')),
        eq('assignment/target/objectId', requestorId),
        ne('assignment/target/objectId', requestorId),
        eq('requestor/objectId', requestorId),
        eq('assignment/state', 'delivered'),
        not(eq('assignment/state', 'expired')),
        eq('assignment/accessPackage/id', packageId),
        eq('requestor/email', null),
        starts('assignment/target/displayName', 'ann'),
        either(eq('completedDateTime', null), starts('requestor/displayName', 'bob')),
      ],
    },
    {
      ...plain,
      path: `${entitlements}/assignments`,
      byKey: `${entitlements}/assignments`,
      looksAt: 'accessPackage,target,assignmentPolicy',
      expands: ['target', 'target,accessPackage,assignmentPolicy'],
      orders: [
        'expiredDateTime',
        'expiredDateTime desc',
        'schedule/expiration/endDateTime desc,schedule/startDateTime',
        'state,expiredDateTime desc',
        'target/email desc',
        'target/email,accessPackage/displayName desc',
        'id desc',
      ],
      filters: [
        eq('state', 'delivered'),
        ne('state', 'Delivered'),
        eq('target/objectId', requestorId),
        eq('accessPackage/id', packageId),
        both(eq('accessPackage/id', packageId), eq('state', 'expired')),
        eq('expiredDateTime', null),
        starts('target/displayName', 'ann'),
        not(eq('target/email', null)),
      ],
    },
    {
      ...plain,
      path: '/sallyport/assignments',
      byKey: '/sallyport/assignments',
      looksAt: 'target',
      expands: ['target,policy'],
      orders: [
        'endDateTime',
        'endDateTime desc',
        'startDateTime',
        'endsBecause/reason desc,startDateTime',
        'target/displayName',
      ],
      filters: [
        eq('state', 'delivered'),
        eq('endDateTime', null),
        ne('endsBecause/reason', 'policy'),
        starts('target/displayName', 'a'),
      ],
    },
    {
      ...plain,
      path: `${entitlements}/subjects`,
      byKey: `${entitlements}/subjects`,
      orders: ['email', 'email desc,displayName', 'displayName desc', 'principalName'],
      filters: [eq('email', null), starts('displayName', 'ann')],
    },
    {
      ...plain,
      path: '/auditLogs/directoryAudits',
      byKey: '/auditLogs/directoryAudits',
      within: [`activityDateTime lt ${now}`, () => true],
      orders: [
        'activityDateTime',
        'activityDateTime desc,category',
        'initiatedBy/user/displayName',
        'initiatedBy/user/displayName desc,correlationId',
        'initiatedBy/app/displayName desc',
        'correlationId desc',
        'result,activityDisplayName desc',
      ],
      filters: [
        eq('category', 'GroupManagement'),
        eq('initiatedBy/user/displayName', 'Åse'),
        eq('initiatedBy/user/displayName', null),
        ne('initiatedBy/user/id', requestorId),
        eq('result', 'failure'),
        starts('activityDisplayName', 'add'),
      ],
    },
    pim('/roleManagement/directory/roleEligibilityScheduleRequests', 'roleDefinition'),
    pim('/roleManagement/directory/roleAssignmentScheduleRequests', 'roleDefinition'),
    ofGroup('eligibilityScheduleRequests'),
    ofGroup('assignmentScheduleRequests'),
  ];
}
