import type { Caller } from '../kernel/caller.ts';
import { accept, type Outcome, type Refusal } from '../kernel/outcome.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { Sessions } from './session/sessions.ts';

/** Writes a refusal down in the envelope of the API that was called. */
export type Envelope = (request: HttpRequest, refusal: Refusal) => HttpResponse;

interface Doorkeeper {
  readonly sessions: Pick<Sessions, 'callerOf'>;
  verifyBearer(authorization: string | undefined): Promise<Outcome<Caller>>;
  challenge(presented: boolean): Promise<string>;
}

/** Who comes in, and how those are answered who do not: one way for every API and for who listens. */
export function entranceBy(signin: Doorkeeper, envelope: Envelope) {
  return {
    /**
     * Whoever the token names; without a token, whoever is signed in in the browser.
     * @param isCheck whether it only makes sure, which is no use of a session
     */
    async authenticate(request: HttpRequest, isCheck: boolean): Promise<Outcome<Caller>> {
      const { authorization } = request.headers;
      if (authorization !== undefined) return signin.verifyBearer(authorization);
      const caller = await signin.sessions.callerOf(request, isCheck);
      if (caller.is === 'refused') return caller;
      return caller.value === null ? signin.verifyBearer(undefined) : accept(caller.value);
    },

    async refuse(request: HttpRequest, refusal: Refusal): Promise<HttpResponse> {
      const refused = envelope(request, refusal);
      if (refusal.kind !== 'unauthenticated') return refused;
      const challenge = await signin.challenge(request.headers['authorization'] !== undefined);
      return { ...refused, headers: { ...refused.headers, 'www-authenticate': challenge } };
    },
  };
}
