import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlay, type Play } from './play.ts';

describe('an app of the rehearsal', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay('embedded');
  });
  afterAll(() => play?.close());

  const signIn = (clientId: string, secret: string) =>
    fetch(`${play.url}/${play.cast.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
        scope: 'https://graph.microsoft.com/.default',
      }),
    });

  it('signs in with the secret that the rehearsal tells, before and after a reset', async () => {
    expect(play.cast.apps.map((app) => app.displayName)).toEqual(['Automation', 'Reporting']);
    for (const { appId, clientSecret } of play.cast.apps) {
      const answer = await signIn(appId, clientSecret ?? '');
      expect(answer.status).toBe(200);
      const { access_token: token } = (await answer.json()) as { access_token: string };
      expect((await play.withToken(token).get('/users?$top=1')).status).toBe(200);
      await play.reset();
    }
  });

  it('signs in with no other', async () => {
    const [automation, reporting] = play.cast.apps;
    expect((await signIn(automation?.appId ?? '', reporting?.clientSecret ?? '')).status).toBe(401);
  });
});
