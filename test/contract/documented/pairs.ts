import { expect, test } from 'vitest';
import type { DatabaseKind } from '../../postgres.ts';
import { type Actor, type Answer, openPlay, type Play } from '../../scenarios/play.ts';
import { operationOf } from './operations.ts';

/**
 * A request that a page of Microsoft's reference shows with its answer: the body is the documented one with ids of
 * ours, what is compared is the status and which properties the answer names. Ids, instants and prose are nobody's
 * contract; values that are stand in `has`.
 */
export interface Pair {
  /** The page: `https://learn.microsoft.com/graph/api/<page>`. */
  readonly page: string;
  /** Which example of the page, in a few words. */
  readonly example: string;
  /** Whoever asks, of the cast; an administrator unless said. */
  readonly by?: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{name}` stands for what was kept under the name. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Properties of the documented answer, by their paths; `value/` goes into the rows of a list. */
  readonly names?: readonly string[];
  /** What of the documented answer must be so here. */
  readonly has?: unknown;
  /** What later pairs name: a name for what stands at a path of the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** What has to happen first, outside of what the page shows. */
  readonly first?: (scene: Scene) => Promise<unknown>;
}

/** Where entitlement management is. */
export const em = '/identityGovernance/entitlementManagement';

/** A list names the properties of its rows below `value`. */
export const rows = (...names: string[]): string[] => names.map((name) => `value/${name}`);

/** A play with the ids that its pairs speak of. */
export interface Scene {
  readonly play: Play;
  readonly ids: Map<string, string>;
  as(name: string): Promise<Actor>;
}

/** Opens a play for a series of pairs, with the ids of its cast under their names. */
export async function openScene(kind: DatabaseKind): Promise<Scene> {
  const play = await openPlay(kind);
  const names = play.cast.users.map(
    ({ userPrincipalName, id }) => [userPrincipalName.split('@')[0] ?? '', id] as const,
  );
  const actors = new Map<string, Promise<Actor>>();
  return {
    play,
    ids: new Map(names),
    as(name) {
      const known = actors.get(name) ?? play.as(name);
      actors.set(name, known);
      return known;
    },
  };
}

/**
 * Plays pairs in their order, each a test of its own, and notes which operations answered with success. The actors
 * hold every answer against Microsoft's contract, and fail the test if it breaks it.
 */
export function replay(scene: () => Scene, pairs: readonly Pair[], answered: Set<string>): void {
  for (const pair of pairs) {
    test(`${pair.page}: ${pair.example}`, async () => {
      await pair.first?.(scene());
      const answer = await send(scene(), pair);
      expect(answer.status, JSON.stringify(answer.body)).toBe(pair.status);
      for (const path of pair.names ?? []) {
        expect(at(answer.body, path), `${path} of ${JSON.stringify(answer.body)}`).not.toBe(undefined);
      }
      const operation = operationOf(pair);
      if (operation !== null && answer.status < 300) answered.add(operation);
      if (pair.has !== undefined) expect(answer.body).toMatchObject(filled(scene(), pair.has) as object);
      for (const [name, path] of Object.entries(pair.keep ?? {})) {
        scene().ids.set(name, String(at(answer.body, path)));
      }
    });
  }
}

async function send(scene: Scene, { by = 'admin', method = 'GET', path, body, headers = {} }: Pair): Promise<Answer> {
  const actor = (await scene.as(by)).with(headers);
  const place = filled(scene, path) as string;
  const sent = filled(scene, body);
  switch (method) {
    case 'GET':
      return actor.get(place);
    case 'DELETE':
      return actor.delete(place);
    case 'POST':
      return actor.post(place, sent);
    case 'PUT':
      return actor.put(place, sent);
    case 'PATCH':
      return actor.patch(place, sent);
  }
}

/** The same with every `{name}` replaced by what was kept under it. */
function filled(scene: Scene, value: unknown): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value).replace(/\{([a-z][\w-]*)\}/g, (_all, name: string) => {
    const id = scene.ids.get(name);
    if (id === undefined) throw new Error(`Nothing is kept as ${name}`);
    return id;
  });
  return JSON.parse(text);
}

/** What stands at a path; of a list, in the first of its rows that has it. */
function at(body: unknown, path: string): unknown {
  const [name = '', ...deeper] = path.split('/');
  const inner = (body as Record<string, unknown> | null | undefined)?.[name];
  if (deeper.length === 0) return inner;
  if (!Array.isArray(inner)) return at(inner, deeper.join('/'));
  return inner.map((row) => at(row, deeper.join('/'))).find((value) => value !== undefined);
}
