import type { NamePorts } from '../grants/index.ts';
import type { GraphFace } from '../graph/declaration.ts';
import type { Activities } from '../kernel/event.ts';
import type { Runtime } from '../platform/transaction.ts';
import { approvals } from './approvals/entity.ts';
import { approvalRoutes } from './approvals/routes.ts';
import { meRoutes } from './me/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { privilegeRoutes } from './privileges/routes.ts';
import { timelineRoutes } from './timeline/routes.ts';

export const deskActivities: Activities = {
  // Reads leave events only where they are refused.
  'approval.read': { name: 'Read the case of an approval', category: 'Other', service: 'Sallyport', operation: 'Read' },
  'request.read': {
    name: 'Read the timeline of a request',
    category: 'Other',
    service: 'Sallyport',
    operation: 'Read',
  },
  'desk.read': { name: 'Read own desk', category: 'Other', service: 'Sallyport', operation: 'Read' },
};

/** What a person sees of both doors together, under `/sallyport/`: who they are, what they hold, what waits for them. */
export function ownDesk(runtime: Runtime, names: NamePorts, isRehearsal: boolean): GraphFace {
  return {
    sets: [approvals],
    mounts: { '/approvals': 'approvals' },
    operations: [
      ...meRoutes(runtime, isRehearsal),
      ...privilegeRoutes(runtime, names),
      ...approvalRoutes(runtime),
      ...timelineRoutes(runtime),
      ...overviewRoutes(runtime),
    ],
  };
}
