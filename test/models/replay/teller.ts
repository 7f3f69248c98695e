import { keyIn, type Logged, type Row, type TableName, type Told } from './log.ts';

/** Tells what one event made of the rows. */
export type Teller = (told: Told, event: Logged) => void;

export function made(told: Told, table: TableName, row: Row): void {
  const key = keyIn(table, row);
  if (told[table].has(key)) throw new Error(`${table} ${key} is made twice`);
  told[table].set(key, row);
}

/** What has been told of a row. */
export function rowOf(told: Told, table: TableName, key: string): Row {
  const row = told[table].get(key);
  if (row === undefined) throw new Error(`${table} ${key} is told of before it is made`);
  return row;
}

export function changed(told: Told, table: TableName, key: string, change: Row): void {
  told[table].set(key, { ...rowOf(told, table, key), ...change });
}

/** The same teller for several event types of a subject. */
export function tellersOf(subject: string, teller: Teller, happenings: readonly string[]): Record<string, Teller> {
  return Object.fromEntries(happenings.map((happening) => [`${subject}.${happening}`, teller]));
}

/** Whether one instant is earlier than another: their texts differ in length. */
export function isEarlier(one: unknown, other: unknown): boolean {
  return Temporal.Instant.compare(String(one), String(other)) < 0;
}
