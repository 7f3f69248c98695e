/** What a client prefers, as its `Prefer` header says; values that mean nothing here are ignored, as RFC 7240 has it. */
export interface Preferences {
  /** Rows of a page; null without a wish. */
  readonly pageSize: number | null;
  /** Whether enum members that came after `unknownFutureValue` are shown as they are. */
  readonly showsLaterMembers: boolean;
  /** Whether a change of what is not there creates it. */
  readonly createsIfMissing: boolean;
}

const laterMembers = 'include-unknown-enum-members';

/** Reads a `Prefer` header: preferences with commas between them, several headers joined. */
export function preferencesOf(header: string | undefined): Preferences {
  const given = (header ?? '').split(/[,;]/).map((one) => one.trim().toLowerCase());
  const size = given
    .map((one) => /^odata\.maxpagesize\s*=\s*"?(\d{1,6})"?$/.exec(one)?.[1])
    .find((one) => one !== undefined);
  return {
    pageSize: size === undefined ? null : Number(size),
    showsLaterMembers: given.includes(laterMembers),
    createsIfMissing: given.includes('create-if-missing'),
  };
}

/** The header by which an answer tells which preferences it kept to. */
export function appliedHeaders({ showsLaterMembers }: Preferences): Readonly<Record<string, string>> {
  return showsLaterMembers ? { 'preference-applied': laterMembers } : {};
}
