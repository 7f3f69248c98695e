import type { KoaContextWithOIDC } from 'oidc-provider';
import { isId, newId } from '../../kernel/ids.ts';
import type { RealClock } from '../model.ts';
import type { Realm } from '../realm.ts';
import { entraErrorOf, wireError } from './entra-error.ts';
import { openidScopes } from './paths.ts';

/** Makes what the endpoints for programs answer what Entra's clients know. */
export async function speakEntra(ctx: KoaContextWithOIDC, realm: Realm, clock: RealClock): Promise<void> {
  const { route } = ctx.oidc;
  if (route === 'end_session_confirm') tellWhereTo(ctx);
  if (route !== 'token' && route !== 'device_authorization') return;
  if (ctx.status >= 400) speakError(ctx, clock);
  else if (route === 'token') speakToken(ctx, realm);
  else speakDevice(ctx);
}

/**
 * Tells the page that signed somebody out where to go on. It does not submit a form that leads there: the policy of our
 * pages, that forms go to us alone, would hold for where the provider leads on to as well.
 */
function tellWhereTo(ctx: KoaContextWithOIDC): void {
  const location = ctx.response.get('location');
  if (ctx.status !== 303 || location === '' || ctx.accepts('html', 'json') !== 'json') return;
  ctx.remove('location');
  ctx.status = 200;
  ctx.body = { location };
}

function speakError(ctx: KoaContextWithOIDC, clock: RealClock): void {
  const { error, error_description: description } = ctx.body as { error?: string; error_description?: string };
  const params = ctx.oidc.params ?? {};
  const fault = entraErrorOf({
    status: ctx.status,
    error: error ?? 'server_error',
    description: description ?? 'The request cannot be served.',
    clientId: String(params['client_id'] ?? ''),
    isKnownClient: ctx.oidc.client !== undefined,
    hasProof: [params['client_secret'], params['client_assertion'], ctx.headers.authorization].some(Boolean),
  });
  const given = ctx.get('client-request-id');
  ctx.status = fault.status;
  ctx.body = wireError(fault, { trace: newId(), correlation: isId(given) ? given : newId() }, clock.now());
}

const ownScopes: ReadonlySet<string> = new Set(openidScopes);

/** MSAL files a token under the scopes that the answer names, and an account under `client_info`. */
function speakToken(ctx: KoaContextWithOIDC, realm: Realm): void {
  const { account, entities, body } = ctx.oidc;
  if (account === undefined) return;
  const source = entities.AuthorizationCode ?? entities.DeviceCode ?? entities.RefreshToken;
  const scopes = (source?.scope ?? '')
    .split(' ')
    .filter((scope) => !ownScopes.has(scope) || scope !== 'offline_access');
  const info = { uid: account.accountId, utid: realm.tenantId };
  ctx.body = {
    ...(ctx.body as object),
    scope: scopes.join(' '),
    ...(body?.['client_info'] === '1' ? { client_info: Buffer.from(JSON.stringify(info)).toString('base64url') } : {}),
  };
}

/** The address that a person types in is short. */
function speakDevice(ctx: KoaContextWithOIDC): void {
  const said = ctx.body as Readonly<Record<string, unknown>>;
  const page = new URL('/device', ctx.href).href;
  ctx.body = {
    ...said,
    verification_uri: page,
    interval: 5,
    message: `To sign in, open ${page} in a browser and type in the code ${said['user_code']}.`,
  };
}
