import type { HttpRequest, HttpResponse, HttpRoute } from '../../platform/http.ts';
import { localPath } from './model.ts';
import type { Sessions } from './sessions.ts';

const noStore = { 'cache-control': 'no-store' };

/** `/session`, by which a page of ours learns who is signed in, and signs people in and out. */
export function sessionRoutes(sessions: Sessions, isRehearsal: boolean): HttpRoute[] {
  return [
    { path: '/session', methods: ['GET'], handle: (request) => describe(sessions, request) },
    {
      path: '/session/sign-in',
      methods: ['GET'],
      handle: async (request) => {
        const query = new URL(request.url, request.baseUrl).searchParams;
        const asked = new URLSearchParams({ returnTo: localPath(query.get('returnTo')) });
        for (const name of ['mfa', 'acrs']) {
          const value = query.get(name);
          if (value !== null) asked.set(name, value);
        }
        return redirect(isRehearsal ? `/rehearsal/sign-in?${asked}` : '/sign-in-failed?code=SignInNotConfigured');
      },
    },
    { path: '/session/sign-out', methods: ['POST'], handle: (request) => signOut(sessions, request) },
  ];
}

async function describe(sessions: Sessions, request: HttpRequest): Promise<HttpResponse> {
  const open = await sessions.find(request);
  return { status: 200, headers: noStore, body: open === null ? { signedIn: false } : sessions.view(open) };
}

async function signOut(sessions: Sessions, request: HttpRequest): Promise<HttpResponse> {
  const open = await sessions.find(request);
  const cookies = [sessions.cookies(request).clear('session')];
  if (open === null) return { status: 200, headers: noStore, cookies, body: { signedIn: false } };
  const guarded = sessions.guard(request, open);
  if (guarded.is === 'refused') {
    const { code, message } = guarded.refusal;
    return { status: 403, headers: noStore, body: { error: { code, message } } };
  }
  await sessions.end(open);
  return { status: 200, headers: noStore, cookies, body: { signedIn: false } };
}

function redirect(location: string): HttpResponse {
  return { status: 302, headers: { ...noStore, location } };
}
