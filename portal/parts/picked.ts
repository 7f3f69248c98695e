/** Kinds of things that are picked. `relation` is no thing of the directory but how people stand to somebody. */
export type PickedKind = 'user' | 'group' | 'role' | 'package' | 'catalog' | 'organization' | 'permission' | 'relation';

/** A thing that was picked, with what it is called. */
export interface Picked {
  readonly kind: PickedKind;
  readonly id: string;
  readonly displayName: string;
  /** What tells it from another of the same name: a user name, a job, what the group is for. */
  readonly detail?: string;
}

/** Where things are found that may be picked. */
export interface PickSource {
  /** Of which kind they are, for those who look at the list. */
  readonly kind: PickedKind;
  /** The path of the API that answers what fits a text; a few are enough. */
  path(text: string): string;
  /** Headers that the path needs. */
  readonly headers?: Readonly<Record<string, string>>;
  read(item: never): Picked;
}

/** A text inside of a `$search` clause. */
export function searched(property: string, text: string): string {
  return `"${property}:${text.replaceAll('\\', '').replaceAll('"', '')}"`;
}

/** A text as a literal of `$filter`. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path with query options, those that are `''` left out. */
export function withOptions(path: string, options: Readonly<Record<string, string>>): string {
  const written = Object.entries(options).filter(([, value]) => value !== '');
  if (written.length === 0) return path;
  return `${path}?${written.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
