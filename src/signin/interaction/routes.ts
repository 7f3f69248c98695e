import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { statusOf } from '../../graph/errors.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { demandsIn } from '../provider/demands.ts';
import { placed, reachedAt } from '../provider/routes.ts';
import type { Realm } from '../realm.ts';
import type { createEnrolment } from './enrolment.ts';
import type { Flow, Scene } from './flow.ts';

export interface InteractionParts {
  readonly realm: () => Promise<Realm>;
  readonly providerAt: (baseUrl: string) => Promise<Provider>;
  readonly flow: Flow;
  readonly enrolment: ReturnType<typeof createEnrolment>;
}

interface OfInteraction {
  Params: { uid: string };
}

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const closed = { additionalProperties: false } as const;
const nothing = Type.Object({}, closed);
const code = Type.Object({ code: text(64) }, closed);
const passkey = Type.Object(
  { response: Type.Record(Type.String(), Type.Unknown()), displayName: Type.Optional(text(100)) },
  closed,
);

/**
 * What the pages of a sign-in call: `GET /interaction/{uid}/step` says what is asked for, `POST` below it shows it.
 *
 * INVARIANT: it belongs to the browser that began it (the provider's own cookie for this interaction, signed), and what
 * changes something comes from a page of ours: `Origin` is our address, and the body is JSON, which no form can send.
 */
export async function interactionRoutes(app: FastifyInstance, parts: InteractionParts): Promise<void> {
  const { realm, providerAt, flow, enrolment } = parts;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    scope.get<OfInteraction>('/interaction/:uid/step', async (request, reply) => {
      const scene = await sceneOf(request, reply);
      return send(request, reply, scene.is === 'refused' ? scene : await flow.current(scene.value));
    });

    takes('password', Type.Object({ userPrincipalName: text(1024), password: text(1024) }, closed), (scene, body) =>
      flow.password(scene, body.userPrincipalName, body.password),
    );
    takes('totp', code, (scene, body) => flow.code(scene, 'totp', body.code.replaceAll(/\s/g, '')));
    takes('recoveryCode', code, (scene, body) => flow.code(scene, 'recoveryCode', body.code));
    takes('passkey/options', nothing, (scene) => flow.passkeyOptions(scene));
    takes('passkey', passkey, (scene, body) => flow.passkey(scene, body.response));
    takes('link', Type.Object({ secret: text(100) }, closed), (scene, body) => flow.link(scene, body.secret));
    takes('account', Type.Object({ isOther: Type.Boolean() }, closed), (scene, body) =>
      flow.choose(scene, body.isOther),
    );
    takes('cancel', nothing, (scene) => flow.cancel(scene));
    takes('enrolment/password', Type.Object({ password: text(1024) }, closed), (scene, body) =>
      enrolment.password(scene, body.password),
    );
    takes('enrolment/totp/secret', nothing, (scene) => enrolment.totpSecret(scene));
    takes('enrolment/totp', code, (scene, body) => enrolment.totp(scene, body.code.replaceAll(/\s/g, '')));
    takes('enrolment/passkey/options', nothing, (scene) => enrolment.passkeyOptions(scene));
    takes('enrolment/passkey', passkey, (scene, body) =>
      enrolment.passkey(scene, body.response, body.displayName?.trim() || undefined),
    );

    function takes<S extends TSchema>(
      path: string,
      schema: S,
      work: (scene: Scene, body: Static<S>) => Promise<Outcome<unknown>>,
    ): void {
      scope.post<OfInteraction>(`/interaction/:uid/${path}`, async (request, reply) => {
        const body = await bodyOf(request, schema);
        if (body.is === 'refused') return send(request, reply, body);
        const scene = await sceneOf(request, reply);
        return send(request, reply, scene.is === 'refused' ? scene : await work(scene.value, body.value));
      });
    }
  });

  async function bodyOf<S extends TSchema>(request: FastifyRequest, schema: S): Promise<Outcome<Static<S>>> {
    const { origin } = new URL(reachedAt(await realm(), request));
    if (request.headers.origin !== origin) {
      return refuse('forbidden', 'OriginNotAllowed', `Signing in is for pages of ${origin} alone.`);
    }
    const bad = refuse('invalid', 'BadRequest', 'Send JSON of the form that the documentation shows.');
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return bad;
    try {
      const body: unknown = JSON.parse(String(request.body ?? ''));
      return Value.Check(schema, body) ? accept(body as Static<S>) : bad;
    } catch {
      return bad;
    }
  }

  /** The sign-in that the browser is in; refused with `SignInExpired` (404) where it is in none of this id. */
  async function sceneOf(request: FastifyRequest<OfInteraction>, reply: FastifyReply): Promise<Outcome<Scene>> {
    const baseUrl = reachedAt(await realm(), request);
    const provider = await providerAt(baseUrl);
    const raw = placed(request.raw, baseUrl);
    const details = await provider.interactionDetails(raw, reply.raw).catch(() => null);
    if (details === null || details.uid !== request.params.uid) {
      return refuse('absent', 'SignInExpired', 'This sign-in is over, or belongs to another browser. Begin again.');
    }
    const { prompt, params, session } = details;
    const { client_id: appId, login_hint: hint, claims, acr_values: acrValues } = params;
    const client = await provider.Client.find(String(appId));
    return accept({
      uid: details.uid,
      prompt: prompt.name,
      reasons: prompt.reasons,
      appId: String(appId),
      appName: client?.clientName ?? String(appId),
      session:
        session === undefined ? null : { accountId: session.accountId, amr: session.amr ?? [], acr: session.acr },
      demands: demandsIn(textOf(acrValues), textOf(claims)) ?? { mfa: false, contexts: [] },
      loginHint: textOf(hint) ?? null,
      baseUrl,
      address: request.ip,
      requestId: request.id,
      finish: (result) => provider.interactionResult(raw, reply.raw, result),
    });
  }
}

function send(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<unknown>): FastifyReply {
  if (outcome.is === 'accepted') return reply.code(200).send(outcome.value);
  const { kind, code: what, message, target } = outcome.refusal;
  const error = { code: what, message, ...(target === undefined ? {} : { target }) };
  return reply.code(statusOf[kind]).send({ error: { ...error, innerError: { 'request-id': request.id } } });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
