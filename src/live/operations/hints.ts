import { partsIn } from '../../approval/index.ts';
import { catalogsOf, type RequestAbout, requestsAbout } from '../../entitlements/index.ts';
import { loadStandings, type Standing } from '../../grants/index.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ReadDb } from '../../platform/events.ts';
import type { HeardEvent } from '../../platform/tail.ts';
import { scheduleReaders } from '../../privileged/index.ts';
import { type Audience, type Facts, isIn, type Listener } from '../audience.ts';
import { audiencesOf } from '../families.ts';

/** Who listens: a person or an application. */
export type Ear = Exclude<Caller, { readonly kind: 'system' }>;

/** What a listener is told: kinds of things that have changed, and up to where in the log they have now heard. */
export interface Hint {
  readonly kinds: ReadonlySet<string>;
  /** The last event that concerned them and that nothing can appear before; null if there was none. */
  readonly lastId: Id | null;
}

/** An event that may be told, with whom it concerns. */
interface Told extends HeardEvent {
  readonly audiences: readonly Audience[];
}

/**
 * What each of some listeners is told of events, as they stand at an instant: nothing to those who are in no audience.
 * `unusable` are those whose account may not be used any more. Asks the database the same few questions however many
 * events and listeners there are.
 */
export async function hintsFor(
  db: ReadDb,
  heard: readonly HeardEvent[],
  ears: readonly Ear[],
  at: Instant,
): Promise<{ readonly hintOf: (ear: Ear) => Hint; readonly unusable: ReadonlySet<Id> }> {
  const told = heard.map((one): Told => ({ ...one, audiences: audiencesOf(one.event, scheduleReaders) }));
  const facts = await loadFacts(
    db,
    told.flatMap(({ audiences }) => audiences),
    at,
  );
  const standings = await loadStandings(
    db,
    ears.map(({ id }) => id),
    at,
  );
  const unusable = [...standings.values()].filter(({ isUsable }) => !isUsable).map(({ id }) => id);
  return { hintOf: (ear) => hintOf(told, facts, ear, standings.get(ear.id)), unusable: new Set(unusable) };
}

function hintOf(told: readonly Told[], facts: Facts, ear: Ear, standing: Standing | undefined): Hint {
  const kinds = new Set<string>();
  let lastId: Id | null = null;
  if (standing === undefined) return { kinds, lastId };
  const listener: Listener = { ...standing, permissions: new Set(ear.kind === 'app' ? ear.permissions : []) };
  for (const { event, isSettled, audiences } of told) {
    const concerning = audiences.filter((audience) => isIn(audience, listener, facts));
    for (const kind of concerning.flatMap((audience) => audience.kinds)) kinds.add(kind);
    if (concerning.length > 0 && isSettled) lastId = event.id;
  }
  return { kinds, lastId };
}

async function loadFacts(db: ReadDb, audiences: readonly Audience[], at: Instant): Promise<Facts> {
  const all = (ids: (audience: Audience) => readonly Id[]) => [...new Set(audiences.flatMap(ids))];
  const about = await requestsAbout(
    db,
    all(({ assignments }) => assignments),
  );
  const requests = new Map<Id, RequestAbout[]>();
  for (const one of about) requests.set(one.assignmentId, [...(requests.get(one.assignmentId) ?? []), one]);
  const approvals = [...all((audience) => audience.approvals), ...about.map(({ id }) => id)];
  return {
    parts: await partsIn(db, approvals, at),
    requests,
    catalogs: await catalogsOf(
      db,
      all(({ packages }) => packages),
    ),
  };
}
