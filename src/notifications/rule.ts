import type { Audience } from './audiences.ts';
import type { Message } from './compose.ts';
import type { Occasion, Reader } from './occasion.ts';
import { pageAbout } from './pages.ts';

/** Looks up what a message names. */
export interface Names {
  /** Display name of a person or a group; "Somebody" for one who is gone. */
  person(id: unknown): string;
  /** Display name of what an alarm is about: a role, a group, a package …; empty for one that has none. */
  readonly thing: string;
  /** Address of a page of the portal. */
  link(page: string): string;
  /** Whom the mail is for. */
  readonly reader: Reader;
}

/** The rules of PIM on notifications that a mail obeys: about which assignments, by whom. */
export interface PimScope {
  readonly caller: 'Admin' | 'EndUser';
  readonly level: 'Eligibility' | 'Assignment';
}

/** Who is told of an event, and what. */
export interface MailRule {
  readonly to: readonly Audience[];
  /** The reader can do something: sent only while that is so, and under PIM's level *Critical* too. */
  readonly wantsAction?: true;
  /** About having a package: left out where its policy switches these mails off. */
  readonly isOfAssignment?: true;
  readonly pim?: PimScope;
  /** Not every event of the type is an occasion. */
  readonly when?: (occasion: Occasion) => boolean;
  /** The subject with `…` for what it is about. */
  readonly message: (occasion: Occasion, names: Names) => Message;
}

/** A value of an event as text; empty if it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Types of targets that a mail can be about: what is asked for, given or activated. */
const things = ['AccessPackage', 'Role', 'Group'];

/** What the event is about, by name. */
export function aboutOf({ targets }: Pick<Occasion, 'targets'>): string {
  return targets.find(({ type }) => things.includes(type))?.displayName ?? 'a privilege';
}

/** An instant in words that a person reads: `2030-01-01 08:00 UTC`. */
export function moment(value: unknown): string {
  return text(value)
    .replace('T', ' ')
    .replace(/:\d\d(\.\d+)?Z$/, ' UTC');
}

/** Where the reader finds what the mail is about, in the state that it has then. */
function whereOf(occasion: Occasion, names: Names): Message['action'] {
  const page = pageAbout(occasion, names.reader);
  return page === null ? undefined : { label: 'See how it stands now', url: names.link(page) };
}

/** The words of a mail that tells of something: a subject, a sentence, and what else is known. */
export interface Words {
  readonly subject: (about: string, occasion: Occasion, names: Names) => string;
  readonly lead: (about: string, occasion: Occasion, names: Names) => string;
  readonly facts?: (occasion: Occasion, names: Names) => Message['facts'];
}

/** A mail that tells of something. */
export function told(to: readonly Audience[], words: Words, more: Omit<MailRule, 'to' | 'message'> = {}): MailRule {
  return {
    ...more,
    to,
    message: (occasion, names) => ({
      subject: words.subject(aboutOf(occasion), occasion, names),
      lead: words.lead(aboutOf(occasion), occasion, names),
      facts: (words.facts?.(occasion, names) ?? []).filter(([, value]) => value !== ''),
      action: whereOf(occasion, names),
    }),
  };
}
