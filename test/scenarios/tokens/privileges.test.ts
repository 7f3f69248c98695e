import type { JWTPayload } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { helpdesk } from '../pim.ts';
import { type Enrolled, openTokens, redirectUri, type TokenStage, verifier } from './stage.ts';

const schedules = '/roleManagement/directory/roleAssignmentScheduleRequests';

describe('an application that trusts our keys alone', () => {
  let stage: TokenStage;
  let audience: string;
  let config: oidc.Configuration;
  let person: Enrolled;
  let accessToken: string;
  let refreshToken: string;
  let claimsOf: (token: string, later?: number) => Promise<JWTPayload>;
  beforeAll(async () => {
    stage = await openTokens('embedded');
    const api = await stage.register({ displayName: 'Vault' });
    audience = `api://${api.app.appId}`;
    ({ claimsOf } = verifier(stage, audience));
    const { app } = await stage.register({ isPublic: true, redirectUris: [redirectUri] });
    config = await stage.client(app.appId);
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    person = await stage.newEnrolled();
    const given = await stage.signInTo(config, person, `openid offline_access ${audience}/read`);
    [accessToken, refreshToken] = [given.access_token, given.refresh_token ?? ''];
  });

  /** What the application sees now, by a token that is asked for anew. */
  async function seen(): Promise<JWTPayload> {
    const given = await oidc.refreshTokenGrant(config, refreshToken);
    [accessToken, refreshToken] = [given.access_token, given.refresh_token ?? refreshToken];
    return claimsOf(accessToken);
  }
  const give = async (hours: number | null, principalId = person.id) => {
    const expiration = hours === null ? { type: 'noExpiration' } : { type: 'afterDuration', duration: `PT${hours}H` };
    const body = { action: 'adminAssign', principalId, roleDefinitionId: helpdesk, directoryScopeId: '/' };
    const more = { justification: 'Night watch', scheduleInfo: { expiration } };
    const { status, body: made } = await stage.serving.call('POST', schedules, { ...body, ...more });
    expect(status).toBe(201);
    return made;
  };
  const take = (principalId = person.id) =>
    stage.serving.call('POST', schedules, {
      action: 'adminRemove',
      principalId,
      roleDefinitionId: helpdesk,
      directoryScopeId: '/',
      justification: 'Back',
    });
  const group = async () => {
    const name = `group-${person.id}`;
    const body = { displayName: name, mailNickname: name, mailEnabled: false, securityEnabled: true };
    return String((await stage.serving.call('POST', '/groups', body)).body['id']);
  };

  it('sees who it is, and no privilege where there is none', async () => {
    const claims = await claimsOf(accessToken);
    expect(claims).toMatchObject({ oid: person.id, tid: stage.tenantId, idtyp: 'user', scp: 'read', ver: '2.0' });
    expect(claims).not.toHaveProperty('wids');
    expect(claims).not.toHaveProperty('groups');
    expect(claims).not.toHaveProperty('roles');
  });

  it('sees a role from the moment that it is active, until it is over', async () => {
    await give(1);
    expect(await seen()).toMatchObject({ wids: [helpdesk] });
    stage.clock.pass(3600);
    expect(await seen()).not.toHaveProperty('wids');
  });

  it('sees it by no token that would live longer than it', async () => {
    await give(1);
    stage.clock.pass(3600 - 40);
    const left = 40;
    const { iat = 0, exp = 0, wids } = await seen();
    // However long this machine takes: either it was over by then, or the token ends with it.
    expect(wids === undefined || exp - iat <= left).toBe(true);
  });

  it('sees it no longer than a minute when it is taken back', async () => {
    await give(null);
    expect(await seen()).toMatchObject({ wids: [helpdesk] });
    const before = accessToken;
    // PIM takes nothing back within its first five minutes.
    stage.clock.pass(300);
    expect((await take()).status).toBe(201);
    expect(await seen()).not.toHaveProperty('wids');
    await expect(claimsOf(before, 50)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  it('sees groups, and the role that one of them holds', async () => {
    const groupId = await group();
    const member = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${person.id}` };
    await stage.serving.call('POST', `/groups/${groupId}/members/$ref`, member);
    expect(await seen()).toMatchObject({ groups: [groupId] });
    await stage.serving.call('DELETE', `/groups/${groupId}/members/${person.id}/$ref`);
    expect(await seen()).not.toHaveProperty('groups');
  });

  it('sees the same of an application that calls it', async () => {
    const { app, secret } = await stage.register({ displayName: 'Robot' });
    const robot = await stage.client(app.appId, oidc.ClientSecretPost(secret ?? ''));
    const asked = { scope: `${audience}/.default` };
    const now = async () => claimsOf((await oidc.clientCredentialsGrant(robot, asked)).access_token);
    expect(await now()).not.toHaveProperty('wids');
    await give(1, app.id);
    expect(await now()).toMatchObject({ idtyp: 'app', oid: app.id, wids: [helpdesk] });
    stage.clock.pass(3600);
    expect(await now()).not.toHaveProperty('wids');
  });
});
