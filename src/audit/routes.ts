import type { Operation } from '../graph/declaration.ts';
import { idIn, look } from '../graph/perform.ts';
import type { Runtime } from '../platform/transaction.ts';
import { storyOf } from './operations.ts';
import { aboutAny } from './query.ts';

/** `/sallyport/stories/{id}`: every event of one story, as `directoryAudit`, with all the query options of a list. */
export function storyRoutes(runtime: Runtime): Operation[] {
  const read: Operation = {
    method: 'GET',
    path: '/stories/{id}',
    says: 'Every event of one story, by whatever of it is named: a request, an assignment, an activation, a correlation.',
    run: async (call) => {
      const id = idIn(call, 'id');
      const ids = await look(runtime, call, 'story.read', id, (tx) => storyOf(tx, id));
      return { status: 200, list: { set: 'directoryAudits', where: aboutAny(ids) } };
    },
  };
  return [read];
}
