const entitlements = '/v1.0/identityGovernance/entitlementManagement';

/** A list of the portal, and how a page of it, a search and a filter are asked for. */
export interface List {
  readonly name: string;
  /** Who asks; the administrator unless said. */
  readonly who?: string;
  /** `{group}` stands for the id of the group that everybody is in. */
  readonly path: string;
  /** What the portal asks with, beside `$top`. */
  readonly options: string;
  readonly search?: string;
  readonly filter?: string;
}

/** The lists that an organisation of 100,000 people has. */
export const lists: readonly List[] = [
  {
    name: 'users',
    path: '/v1.0/users',
    options: '$count=true&$orderby=displayName',
    search: '$count=true&$search="displayName:Bench 000777"',
    filter: "$count=true&$filter=startswith(displayName,'Bench 0007')",
  },
  {
    name: 'groups',
    path: '/v1.0/groups',
    options: '$count=true&$orderby=displayName',
    search: '$count=true&$search="displayName:Bench 000777"',
    filter: "$count=true&$filter=startswith(displayName,'Bench 0007')",
  },
  {
    name: 'requests',
    path: `${entitlements}/assignmentRequests`,
    options: '$count=true&$orderby=createdDateTime desc&$expand=requestor,assignment($expand=target)',
    search: "$count=true&$filter=contains(requestor/displayName,'000777')",
    filter: "$count=true&$filter=state eq 'pendingApproval'",
  },
  {
    name: 'assignments',
    path: '/sallyport/assignments',
    options: '$count=true&$expand=target,policy',
    search: "$count=true&$filter=contains(target/displayName,'000777')",
    filter: "$count=true&$filter=state eq 'expired'",
  },
  {
    name: 'audit log',
    path: '/v1.0/auditLogs/directoryAudits',
    options: '$count=true&$orderby=activityDateTime desc',
    search: "$count=true&$filter=startswith(activityDisplayName,'Add user')",
    filter: "$count=true&$filter=result eq 'failure'",
  },
  { name: 'members of a group', path: '/v1.0/groups/{group}/members', options: '$count=true' },
  {
    name: 'groups and roles of a person',
    path: '/v1.0/users/bench777@sallyport.example/memberOf',
    options: '$count=true',
  },
  {
    name: 'own requests',
    who: 'colleague',
    path: `${entitlements}/assignmentRequests/filterByCurrentUser(on='targetOrRequestor')`,
    options: '$count=true&$orderby=createdDateTime desc&$expand=accessPackage,requestor,assignment($expand=target)',
  },
  {
    name: 'approvals, of whoever decides all',
    who: 'it-manager',
    path: '/sallyport/approvals',
    options: "$count=true&$filter=status eq 'pending'",
    filter: "$count=true&$filter=status eq 'past'",
    search: '$count=true&$search="000777"',
  },
];
