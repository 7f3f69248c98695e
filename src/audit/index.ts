import type { GraphFace } from '../graph/declaration.ts';
import type { Activities } from '../kernel/event.ts';
import { directoryAudits } from './query.ts';

/** The audit log's part of Graph: `GET /auditLogs/directoryAudits`. */
export function auditGraph(activities: Activities): GraphFace {
  return {
    sets: [directoryAudits(activities)],
    mounts: { '/auditLogs/directoryAudits': 'directoryAudits' },
    operations: [],
  };
}
