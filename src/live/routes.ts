import { loadPowers } from '../grants/index.ts';
import type { Caller } from '../kernel/caller.ts';
import { isId } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, RefusedError, refuse } from '../kernel/outcome.ts';
import type { HttpRequest, HttpResponse, HttpRoute } from '../platform/http.ts';
import { readOnly } from '../platform/transaction.ts';
import type { Ear } from './operations/hints.ts';
import type { Listening, ListeningPorts, Open } from './operations/listening.ts';
import { openStream } from './operations/stream.ts';

/** How a request is let in, the same for the API and for who listens. */
export interface Entrance {
  /**
   * Who calls, by whatever the request carries.
   * @param isCheck whether it only makes sure, for a page that nobody may be looking at: no reason to keep a session alive
   */
  authenticate(request: HttpRequest, isCheck: boolean): Promise<Outcome<Caller>>;
  /** The answer to a request that is not let in. */
  refuse(request: HttpRequest, refusal: Refusal): Promise<HttpResponse>;
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // A proxy that gathers answers would keep hints back.
  'x-accel-buffering': 'no',
};

/** `GET /live`: hints of what has changed for whoever listens, as server-sent events. */
export function liveRoute(entrance: Entrance, listening: Listening, ports: ListeningPorts): HttpRoute {
  async function enter(request: HttpRequest, isCheck: boolean): Promise<Outcome<Ear>> {
    const caller = await entrance.authenticate(request, isCheck);
    if (caller.is === 'refused') return caller;
    if (caller.value.kind === 'system') throw new Error('Sallyport does not listen to itself');
    const ear = caller.value;
    try {
      await readOnly(ports.db, (db) => loadPowers(db, ear, ports.now()));
      return accept(ear);
    } catch (fault) {
      if (fault instanceof RefusedError) return { is: 'refused', refusal: fault.refusal };
      throw fault;
    }
  }

  async function listen(request: HttpRequest, ear: Ear): Promise<HttpResponse> {
    const stream = openStream(() => listening.leave(open));
    const again = async () => {
      const now = await enter(request, true);
      return now.is === 'accepted' ? now.value : null;
    };
    const open: Open = { stream, ear, again };
    const given = request.headers['last-event-id'];
    const since = given === undefined || given === '' ? null : isId(given) ? given : unknown;
    if (await listening.join(open, since)) return { status: 200, headers, stream: stream.readable };
    return entrance.refuse(request, tooMany);
  }

  return {
    path: '/live',
    async handle(request) {
      if (request.method !== 'GET') {
        const message = 'This path takes GET only.';
        return { status: 405, headers: { allow: 'GET' }, body: { error: { code: 'MethodNotAllowed', message } } };
      }
      const ear = await enter(request, false);
      return ear.is === 'accepted' ? listen(request, ear.value) : entrance.refuse(request, ear.refusal);
    },
  };
}

const { refusal: tooMany } = refuse(
  'tooMany',
  'TooManyStreams',
  'Too many pages listen for this account, or to this server. Close some, or let one listen for all.',
);

/** The id of no event, for what is none: what came since is not known then. */
const unknown = '00000000-0000-0000-0000-000000000000';
