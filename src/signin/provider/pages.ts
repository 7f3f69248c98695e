import { type ErrorOut, errors, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * What the provider shows to people, it shows by pages of the portal. It leads there with what the page needs behind
 * `#`, which no browser sends anywhere.
 */
export function browserPages() {
  return {
    /** Where the code of a device is typed in, anew after an error. */
    deviceCode(ctx: KoaContextWithOIDC, _form: string, _out?: ErrorOut, fault?: Error): void {
      lead(ctx, '/device', { ...formOf(ctx, 'code_verification'), ...(fault ? { error: fault.name } : {}) });
    },

    /** Whether it is really their device that somebody lets in. */
    deviceConfirmation(
      ctx: KoaContextWithOIDC,
      _form: string,
      client: { readonly clientName?: string; readonly clientId: string },
      _info: unknown,
      userCode: string,
    ): void {
      const app = client.clientName ?? client.clientId;
      lead(ctx, '/device', { ...formOf(ctx, 'code_verification'), userCode, app });
    },

    deviceDone(ctx: KoaContextWithOIDC): void {
      lead(ctx, '/device', { done: ctx.oidc.client?.clientName ?? '' });
    },

    /** Asks whether to sign out. Whoever brings the person's ID token was asked by them, and so it is not asked again. */
    logout(ctx: KoaContextWithOIDC): void {
      const hint = ctx.oidc.entities.IdTokenHint?.payload['sub'];
      const isTheirs = hint !== undefined && hint === ctx.oidc.session?.accountId;
      lead(ctx, '/signed-out', { ...formOf(ctx, 'end_session_confirm'), ...(isTheirs ? { at: 'once' } : {}) });
    },

    signedOut(ctx: KoaContextWithOIDC): void {
      lead(ctx, '/signed-out', { done: 'yes' });
    },

    /** To a person a page that says that it went wrong; to a program the error as it is. */
    error(ctx: KoaContextWithOIDC, out: ErrorOut): void {
      if (ctx.method === 'GET' && ctx.accepts('json', 'html') === 'html') {
        ctx.status = 303;
        ctx.redirect(`/sign-in-failed?${new URLSearchParams({ code: out.error })}`);
      } else {
        ctx.body = out;
      }
    },
  };
}

function formOf(ctx: KoaContextWithOIDC, action: string): Record<string, string> {
  const secret = ctx.oidc.session?.state?.['secret'];
  if (typeof secret !== 'string') throw new errors.SessionNotFound('the session has no secret for a form');
  return { xsrf: secret, action: new URL(ctx.oidc.urlFor(action)).pathname };
}

function lead(ctx: KoaContextWithOIDC, page: string, told: Record<string, string>): void {
  ctx.status = 303;
  ctx.redirect(`${page}#${new URLSearchParams(told)}`);
}
