import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Outcome, Refusal } from '../../kernel/outcome.ts';
import { accept, refuse } from '../../kernel/outcome.ts';
import type { HttpRequest, HttpResponse, HttpRoute } from '../../platform/http.ts';
import { localPath } from './model.ts';
import type { OpenSession, Sessions } from './sessions.ts';
import type { Onward, SignIn } from './sign-in.ts';

export interface SessionRoutesPorts {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly isRehearsal: boolean;
  /** Ends everything that keeps the person of a session signed in. */
  readonly signOutEverywhere: (open: OpenSession, requestId: string) => Promise<void>;
  /** Ends the provider's own session in the browser, or says where the browser has to go for that. */
  readonly endProviderSession: (open: OpenSession, request: HttpRequest) => Promise<string | null>;
}

const signOutBody = Type.Object({ everywhere: Type.Optional(Type.Boolean()) }, { additionalProperties: false });

const noStore = { 'cache-control': 'no-store' };

/** `/session`, by which a page of ours learns who is signed in, and signs people in and out. */
export function sessionRoutes(ports: SessionRoutesPorts): HttpRoute[] {
  const { sessions, signIn, isRehearsal } = ports;
  return [
    { path: '/session', methods: ['GET'], handle: (request) => describe(sessions, request) },
    {
      path: '/session/sign-in',
      methods: ['GET'],
      handle: async (request) => {
        const query = queryOf(request);
        if (isRehearsal && query.get('provider') !== 'builtin') return redirect(castingOf(query));
        return onward(await signIn.begin(request), request);
      },
    },
    {
      path: '/session/callback',
      methods: ['GET'],
      handle: async (request) => onward(await signIn.finish(request), request),
    },
    { path: '/session/sign-out', methods: ['POST'], handle: (request) => signOut(ports, request) },
  ];
}

async function describe(sessions: Sessions, request: HttpRequest): Promise<HttpResponse> {
  const open = await sessions.find(request);
  return { status: 200, headers: noStore, body: open === null ? { signedIn: false } : sessions.view(open) };
}

/** The page of a rehearsal on which a person of the cast is chosen, with what was asked for. */
function castingOf(query: URLSearchParams): string {
  const asked = new URLSearchParams({ returnTo: localPath(query.get('returnTo')) });
  for (const name of ['mfa', 'acrs']) {
    const value = query.get(name);
    if (value !== null) asked.set(name, value);
  }
  return `/rehearsal/sign-in?${asked}`;
}

async function signOut(ports: SessionRoutesPorts, request: HttpRequest): Promise<HttpResponse> {
  const { sessions } = ports;
  const body = bodyOf(request);
  if (body.is === 'refused') return refused(400, body.refusal);
  const cookies = [sessions.cookies(request).clear('session')];
  const open = await sessions.find(request);
  if (open === null) return { status: 200, headers: noStore, cookies, body: { signedIn: false, redirectTo: null } };
  const guarded = sessions.guard(request, open);
  if (guarded.is === 'refused') return refused(403, guarded.refusal);
  const redirectTo = await ports.endProviderSession(open, request);
  if (body.value.everywhere) await ports.signOutEverywhere(open, request.requestId);
  else await sessions.end(open);
  return { status: 200, headers: noStore, cookies, body: { signedIn: false, redirectTo } };
}

function bodyOf({ body }: HttpRequest): Outcome<{ readonly everywhere: boolean }> {
  const refusal = refuse('invalid', 'BadRequest', 'Send {} or {"everywhere":true} as JSON.');
  try {
    const sent: unknown = JSON.parse(body ?? '{}');
    if (!Value.Check(signOutBody, sent)) return refusal;
    return accept({ everywhere: (sent as Static<typeof signOutBody>).everywhere === true });
  } catch {
    return refusal;
  }
}

/** On to where it goes, or to the page that says that signing in failed: with a code, and nothing that is not known there. */
function onward(outcome: Outcome<Onward>, request: HttpRequest): HttpResponse {
  if (outcome.is === 'accepted') return { ...redirect(outcome.value.location), cookies: outcome.value.cookies };
  const told = new URLSearchParams({ code: outcome.refusal.code, requestId: request.requestId });
  return redirect(`/sign-in-failed?${told}`);
}

function queryOf(request: HttpRequest): URLSearchParams {
  return new URL(request.url, request.baseUrl).searchParams;
}

function redirect(location: string): HttpResponse {
  return { status: 302, headers: { ...noStore, location } };
}

function refused(status: number, { code, message }: Refusal): HttpResponse {
  return { status, headers: noStore, body: { error: { code, message } } };
}
