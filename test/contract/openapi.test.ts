import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, openPlay, type Play } from '../scenarios/play.ts';
import { ownProblems } from './own.ts';

describe('the description of /sallyport/', () => {
  let play: Play;
  let admin: Actor;
  let description: { readonly paths: Readonly<Record<string, Readonly<Record<string, { summary: string }>>>> };
  beforeAll(async () => {
    play = await openPlay('embedded');
    admin = await play.as('admin');
    description = (await (await fetch(`${play.url}/sallyport/openapi.json`)).json()) as typeof description;
  });
  afterAll(() => play?.close());

  test('is OpenAPI', async () => {
    expect(await new Validator().validate(description)).toEqual({ valid: true });
  });

  test('has every operation and every collection, each with a sentence', () => {
    const operations = play.own.operations.all.map(({ method, path }) => `${method} /sallyport${path}`);
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => ({ name: `${method.toUpperCase()} ${path}`, summary })),
    );
    const names = described.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(operations));
    expect(names).toEqual(expect.arrayContaining(play.own.mounts.map(({ path }) => `GET /sallyport${path}`)));
    expect(described.filter(({ summary }) => !/^[A-Z].+ .+\.$/.test(summary))).toEqual([]);
  });

  test('is kept to by every collection', async () => {
    for (const { path } of play.own.mounts)
      expect([path, (await admin.get(`/sallyport${path}`)).status]).toEqual([path, 200]);
  });

  test('tells an answer that does not keep to it', () => {
    const wrong = { likeEntra: 'maybe' };
    expect(ownProblems(play.own, 'GET', '/sallyport/settings', 200, { id: 'settings', ...wrong })).not.toEqual([]);
    expect(ownProblems(play.own, 'GET', '/sallyport/nothing', 200, {})).not.toEqual([]);
    expect(ownProblems(play.own, 'GET', '/sallyport/settings', 404, { code: 'X' })).not.toEqual([]);
  });
});
