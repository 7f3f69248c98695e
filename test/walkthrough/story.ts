import { isDeepStrictEqual } from 'node:util';

let step = 0;

/** Says what is about to be played. */
export function opening(words: string): void {
  process.stdout.write(`${words}\n`);
}

/** Says how it ended. */
export function closing(words: string): void {
  process.stdout.write(`\n${words}\n`);
}

/** Opens a chapter of the printed story. */
export function chapter(title: string): void {
  step = 0;
  process.stdout.write(`\n${title}\n${'─'.repeat(title.length)}\n`);
}

/** Prints one step: who did what, and what the person can do now. */
export function tell(who: string, what: string, result = ''): void {
  step += 1;
  process.stdout.write(`${String(step).padStart(3)}. ${who}: ${what}${result === '' ? '' : `\n     → ${result}`}\n`);
}

/** Thrown when something is not as the story says. */
export class NotAsExpected extends Error {}

/** Ends the walk-through unless what is there is exactly what the story expects. */
export function expect(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new NotAsExpected(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}
