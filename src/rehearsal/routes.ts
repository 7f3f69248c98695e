import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { statusOf } from '../graph/errors.ts';
import type { Outcome, Refusal } from '../kernel/outcome.ts';
import { accept, refuse } from '../kernel/outcome.ts';
import type { HttpHandler, HttpRequest, HttpResponse, HttpRoute } from '../platform/http.ts';
import type { StartedSession } from '../signin/index.ts';
import { beginnings, type Rehearsal } from './rehearsal.ts';

const contexts = Type.Array(Type.String({ pattern: '^c[1-9][0-9]?$' }), { maxItems: 99 });
const signInBody = Type.Object(
  { user: Type.String({ minLength: 1 }), mfa: Type.Optional(Type.Boolean()), acrs: Type.Optional(contexts) },
  { additionalProperties: false },
);
const tokenBody = Type.Union([
  signInBody,
  Type.Object({ app: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
]);
const resetBody = Type.Object(
  { beginWith: Type.Optional(Type.Enum([...beginnings])) },
  { additionalProperties: false },
);
const mfaBody = Type.Object({ acrs: Type.Optional(contexts) }, { additionalProperties: false });
const clockBody = Type.Union([
  Type.Object({ advance: Type.String() }, { additionalProperties: false }),
  Type.Object({ advanceTo: Type.Literal('nextDeadline') }, { additionalProperties: false }),
  Type.Object({ set: Type.String() }, { additionalProperties: false }),
  Type.Object({ run: Type.Literal(true) }, { additionalProperties: false }),
]);

/** The rehearsal's own paths, described in the README and outside Graph. */
export function rehearsalRoutes(rehearsal: Rehearsal): HttpRoute[] {
  return [
    { path: '/rehearsal', handle: only({ GET: async () => ok(await rehearsal.describe()) }) },
    {
      path: '/rehearsal/token',
      handle: only({
        POST: async (request) => {
          const body = parse(
            request,
            tokenBody,
            '{"user":"<upn or id>","mfa":true,"acrs":["c1"]} or {"app":"<appId>"}',
          );
          return body.is === 'refused' ? refused(body.refusal) : answer(await rehearsal.mint(body.value));
        },
      }),
    },
    {
      path: '/rehearsal/sign-in',
      // A browser that asks for it is shown a page.
      methods: ['POST'],
      handle: async (request) => {
        const body = parse(request, signInBody, '{"user":"<upn or id>","mfa":true,"acrs":["c1"]}');
        return body.is === 'refused' ? refused(body.refusal) : signedIn(await rehearsal.signIn(request, body.value));
      },
    },
    {
      path: '/rehearsal/mfa',
      handle: only({
        POST: async (request) => {
          const body = parse(request, mfaBody, '{} or {"acrs":["c1"]}');
          return body.is === 'refused'
            ? refused(body.refusal)
            : signedIn(await rehearsal.proveMfa(request, body.value));
        },
      }),
    },
    {
      path: '/rehearsal/clock',
      handle: only({
        GET: async () => ok(await rehearsal.clock()),
        POST: async (request) => {
          const takes = '{"advance":"PT8H"}, {"advanceTo":"nextDeadline"}, {"set":"<instant>"} or {"run":true}';
          const body = parse(request, clockBody, takes);
          return body.is === 'refused' ? refused(body.refusal) : answer(await rehearsal.move(body.value));
        },
      }),
    },
    {
      path: '/rehearsal/mail',
      handle: only({
        GET: async (request) => {
          const to = new URL(request.url, request.baseUrl).searchParams.get('to');
          const mails = await rehearsal.mailTo(to);
          return mails.is === 'refused' ? refused(mails.refusal) : ok({ value: mails.value });
        },
      }),
    },
    {
      path: '/rehearsal/reset',
      handle: only({
        POST: async (request) => {
          const body = parseReset(request);
          if (body.is === 'refused') return refused(body.refusal);
          await rehearsal.reset(body.value.beginWith);
          return ok(await rehearsal.describe());
        },
      }),
    },
  ];
}

function only(handlers: Readonly<Record<string, HttpHandler>>): HttpHandler {
  return async (request) => {
    const handle = handlers[request.method];
    if (handle !== undefined) return handle(request);
    const allow = Object.keys(handlers).join(', ');
    const message = `${request.method} is not known here; use ${allow}.`;
    return { status: 405, headers: { allow }, body: { error: { code: 'MethodNotAllowed', message } } };
  };
}

/** No body at all puts back what was. */
function parseReset(request: HttpRequest): Outcome<Static<typeof resetBody>> {
  if ((request.body ?? '') === '') return accept({});
  return parse(request, resetBody, 'nothing, or {"beginWith":"people"} or {"beginWith":"design"}');
}

/** Takes only JSON: a form that another site posts is no JSON. */
function parse<S extends TSchema>(request: HttpRequest, schema: S, takes: string): Outcome<Static<S>> {
  const refusal = refuse('invalid', 'BadRequest', `Send ${takes} with the header "content-type: application/json".`);
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return refusal;
  try {
    const body: unknown = JSON.parse(request.body ?? '');
    return Value.Check(schema, body) ? accept(body as Static<S>) : refusal;
  } catch {
    return refusal;
  }
}

function answer(outcome: Outcome<unknown>): HttpResponse {
  return outcome.is === 'refused' ? refused(outcome.refusal) : ok(outcome.value);
}

function signedIn(outcome: Outcome<StartedSession>): HttpResponse {
  if (outcome.is === 'refused') return refused(outcome.refusal);
  return { ...ok(outcome.value.session), cookies: [outcome.value.cookie] };
}

function ok(body: unknown): HttpResponse {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body };
}

function refused({ kind, code, message, target }: Refusal): HttpResponse {
  return {
    status: statusOf[kind],
    body: { error: { code, message, ...(target === undefined ? {} : { target }) } },
  };
}
