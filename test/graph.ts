import { loadPowers } from '../src/grants/index.ts';
import type { GraphFace } from '../src/graph/declaration.ts';
import { createGraph } from '../src/graph/index.ts';
import type { Caller } from '../src/kernel/caller.ts';
import { type Id, newId } from '../src/kernel/ids.ts';
import { type Runtime, readOnly } from '../src/platform/transaction.ts';

/** What a test got back from Graph; the body is null if there was none. */
export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Calls Graph as somebody; paths are of version 1.0 unless they begin with `/beta`. Throws what the log calls a fault. */
export type Send<Body> = (caller: Caller, method: string, path: string, body?: unknown) => Promise<Answered<Body>>;

/** Graph over a test's runtime, spoken to without any transport. */
export function graphOver<Body>(runtime: Runtime, tenantId: Id, faces: readonly GraphFace[]): Send<Body> {
  const faults: object[] = [];
  const graph = createGraph({
    faces,
    read: (caller, work) =>
      readOnly(runtime.db, async (db) => {
        const now = runtime.clock.now();
        return work(db, { now, tenantId, reader: { caller, ...(await loadPowers(db, caller, now)) } });
      }),
    noteRefusedRead: async () => undefined,
    log: { error: (fields) => faults.push(fields) },
    wallClock: runtime.clock.now,
  });
  return async (caller, method, path, body) => {
    const response = await graph.dispatch({
      method,
      url: (path.startsWith('/beta') ? path : `/v1.0${path}`).replaceAll(' ', '%20'),
      // What directory objects need for some questions; nothing else looks at it.
      headers: { consistencylevel: 'eventual' },
      body: body === undefined ? undefined : JSON.stringify(body),
      caller,
      requestId: newId(),
      baseUrl: 'https://sallyport.example',
    });
    const fault = faults.pop();
    if (fault !== undefined) throw new Error(`${method} ${path}`, { cause: fault });
    return { status: response.status, body: JSON.parse(response.body || 'null') };
  };
}
