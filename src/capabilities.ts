import { approvalActivities, approvalDue, approvalSubscribers } from './approval/index.ts';
import { auditActivities, auditGraph, ownAudit } from './audit/index.ts';
import { deskActivities, ownDesk } from './desk/index.ts';
import {
  directoryActivities,
  directoryDue,
  directoryGraph,
  directorySubscribers,
  nameTargets,
  ownDirectory,
} from './directory/index.ts';
import {
  entitlementActivities,
  entitlementDue,
  entitlementGraph,
  entitlementSubscribers,
  ownEntitlements,
  packageApproverPorts,
  packagesOf,
} from './entitlements/index.ts';
import {
  accountsOfCaller,
  announceExpiry,
  authorise,
  grantActivities,
  type NamePorts,
  ownAccess,
} from './grants/index.ts';
import type { GraphFace } from './graph/index.ts';
import { healthActivities, ownHealth } from './health/index.ts';
import type { Activities } from './kernel/event.ts';
import { joined, type Runtime, type Subscribers } from './platform/transaction.ts';
import type { BackgroundWork } from './platform/worker.ts';
import {
  ownPrivileged,
  privilegedActivities,
  privilegedDue,
  privilegedGraph,
  privilegedSubscribers,
} from './privileged/index.ts';
import { ownSettings, settingsActivities } from './settings/index.ts';
import { ownApplications, activities as signinActivities, signinGraph, signinSubscribers } from './signin/index.ts';

/** Each capability's event types, and how the audit log shows them. */
export const activitiesOf: Readonly<Record<string, Activities>> = {
  settings: settingsActivities,
  grants: grantActivities,
  directory: directoryActivities,
  approval: approvalActivities,
  privileged: privilegedActivities,
  entitlements: entitlementActivities,
  desk: deskActivities,
  health: healthActivities,
  signin: signinActivities,
  audit: auditActivities,
};

const readings = new Set(
  Object.values(activitiesOf).flatMap((activities) =>
    Object.entries(activities).flatMap(([type, { operation }]) => (operation === 'Read' ? [type] : [])),
  ),
);

/** Whether events of a type tell of attempts to read. */
export function isRead(type: string): boolean {
  return readings.has(type);
}

/** Microsoft Graph, as far as each capability has a part in it. */
export function graphFaces(runtime: Runtime, tenantId: string): readonly GraphFace[] {
  return [
    directoryGraph(runtime),
    privilegedGraph(runtime, tenantId),
    entitlementGraph(runtime),
    signinGraph(runtime),
    auditGraph(Object.assign({}, ...Object.values(activitiesOf))),
  ];
}

/** What Graph has no word for, under `/sallyport/`. */
export function ownFaces(runtime: Runtime, isRehearsal: boolean): readonly GraphFace[] {
  const names: NamePorts = {
    nameTargets: (tx, targets) => nameTargets(tx.db(), targets),
    packagesOf,
  };
  return [
    ownSettings(runtime, { authorise, accountsOfCaller }),
    ownAccess(runtime, names),
    ...ownDirectory(runtime),
    ownPrivileged(runtime),
    ownEntitlements(runtime),
    ownApplications(runtime),
    ownDesk(runtime, names, isRehearsal),
    ownHealth(runtime),
    ownAudit(runtime, Object.assign({}, ...Object.values(activitiesOf))),
  ];
}

/** What each capability does when an instant has come. */
export const dueWork: BackgroundWork['due'] = new Map([
  ['grant.expired', announceExpiry],
  ...directoryDue,
  ...privilegedDue,
  ...entitlementDue,
  ...approvalDue(packageApproverPorts),
]);

/** Who does a part in the transaction of whose event. */
export function subscribers(): Subscribers {
  const approvals = approvalSubscribers(packageApproverPorts);
  return joined(directorySubscribers, privilegedSubscribers, entitlementSubscribers, approvals, signinSubscribers);
}
