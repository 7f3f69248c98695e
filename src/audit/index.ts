import type { GraphFace } from '../graph/declaration.ts';
import type { Activities } from '../kernel/event.ts';
import type { Runtime } from '../platform/transaction.ts';
import { directoryAudits } from './query.ts';
import { storyRoutes } from './routes.ts';

/** Reads leave events only where they are refused. */
export const auditActivities: Activities = {
  'collection.listed': { name: 'List collection', category: 'Other', service: 'Sallyport', operation: 'Read' },
  'story.read': { name: 'Read a story', category: 'Other', service: 'Sallyport', operation: 'Read' },
};

/** The audit log's part of Graph: `GET /auditLogs/directoryAudits`. */
export function auditGraph(activities: Activities): GraphFace {
  return {
    sets: [directoryAudits(activities)],
    mounts: { '/auditLogs/directoryAudits': 'directoryAudits' },
    operations: [],
  };
}

/** What Graph has no word for: one story whole, under `/sallyport/`. */
export function ownAudit(runtime: Runtime, activities: Activities): GraphFace {
  return { sets: [directoryAudits(activities)], mounts: {}, operations: storyRoutes(runtime) };
}
