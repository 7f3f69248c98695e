import type { Operation } from '../../graph/declaration.ts';
import { idIn, look } from '../../graph/perform.ts';
import type { Runtime, Tx } from '../../platform/transaction.ts';
import { type Timeline, timelineAnswer } from './contract.ts';
import { packageTimeline, privilegeTimeline } from './operations.ts';

/** `/sallyport/assignmentRequests/{id}/timeline` and `/sallyport/scheduleRequests/{id}/timeline`. */
export function timelineRoutes(runtime: Runtime): Operation[] {
  const reading = (path: string, says: string, read: (tx: Tx, id: string) => Promise<Timeline>): Operation => ({
    method: 'GET',
    path,
    says,
    answers: timelineAnswer,
    run: async (call) => {
      const id = idIn(call, 'id');
      const body = await look(runtime, call, 'request.read', id, (tx) => read(tx, id));
      return { status: 200, body, context: 'sallyport.timeline' };
    },
  });
  return [
    reading(
      '/assignmentRequests/{id}/timeline',
      'What a request for a package has gone through and will: who has it now, until when, and what comes next.',
      packageTimeline,
    ),
    reading(
      '/scheduleRequests/{id}/timeline',
      'What a request to PIM has gone through and will: who has it now, until when, and what comes next.',
      privilegeTimeline,
    ),
  ];
}
