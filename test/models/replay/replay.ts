import type { Kysely } from 'kysely';
import { approvals } from './approvals.ts';
import { firstDoor } from './doors.ts';
import { eventsAfter, type Row, storedRows, type TableName, type Told, tables } from './log.ts';
import { secondDoor } from './schedules.ts';
import type { Teller } from './teller.ts';

const tellers: readonly Readonly<Record<string, Teller>>[] = [approvals, firstDoor, secondDoor];

const names = Object.keys(tables) as TableName[];

/** Something that the log and the tables tell differently. */
export interface Difference {
  readonly table: TableName;
  readonly key: string;
  readonly column: string;
  readonly told: unknown;
  readonly stored: unknown;
}

/** Tells the tables of both doors anew from the log, as it grows. */
export interface Replay {
  /** Event types that have been told from, and how often. */
  readonly seen: ReadonlyMap<string, number>;
  /** How many rows there are, of each table. */
  size(): Readonly<Record<string, number>>;
  /** Reads on, and compares all rows with those that are stored. */
  differences(): Promise<Difference[]>;
}

/** Begins before the first event of a database. */
export function replayOf(db: Kysely<unknown>): Replay {
  const told = Object.fromEntries(names.map((name) => [name, new Map<string, Row>()])) as Told;
  const seen = new Map<string, number>();
  let place = '0';

  async function readOn(): Promise<void> {
    for (const event of await eventsAfter(db, place)) {
      place = event.sequence;
      const heard = tellers.flatMap((of) => of[event.type] ?? []);
      for (const tell of heard) tell(told, event);
      if (heard.length > 0) seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
    }
  }

  return {
    seen,
    size: () => Object.fromEntries(names.map((name) => [name, told[name].size])),
    async differences() {
      await readOn();
      const all: Difference[] = [];
      for (const table of names) all.push(...compared(table, told[table], await storedRows(db, table)));
      return all;
    },
  };
}

function compared(table: TableName, told: Map<string, Row>, stored: Map<string, Row>): Difference[] {
  return [...new Set([...told.keys(), ...stored.keys()])].flatMap((key) => {
    const [one, other] = [told.get(key), stored.get(key)];
    if (one === undefined || other === undefined) {
      return [{ table, key, column: '*', told: one ?? 'nothing', stored: other ?? 'nothing' }];
    }
    const columns = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return columns
      .filter((column) => canonical(one[column]) !== canonical(other[column]))
      .map((column) => ({ table, key, column, told: one[column], stored: other[column] }));
  });
}

/** The same text for the same value: the database orders the names of what is kept as JSON as it likes. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
