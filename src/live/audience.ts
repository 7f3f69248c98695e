import { type AccessOperation, readerMay } from '../access/index.ts';
import type { Standing } from '../grants/index.ts';
import type { Id } from '../kernel/ids.ts';

/** An event, as far as it says whom it concerns. */
export interface Happening {
  readonly type: string;
  readonly result: 'success' | 'failure';
  readonly actorId: Id | null;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Whom an event concerns, as relations to what it is about: whoever is in one of them is told. Each relation is one by
 * which the row itself can be seen, or makes the event the person's own business (they did it, they lost it).
 */
export interface Audience {
  /** What has changed, by kind: all that they are told. */
  readonly kinds: readonly string[];
  /** People and applications by their ids: who acted, asked, gains, loses. */
  readonly people: readonly Id[];
  /** Groups whose active members are concerned: what the group has, they have. */
  readonly membersOf: readonly Id[];
  /** Groups whose owners are concerned. */
  readonly ownersOf: readonly Id[];
  /** Approvals: who decides or has decided them. */
  readonly approvals: readonly Id[];
  /** Assignments: who asked for them or decided about them. */
  readonly assignments: readonly Id[];
  /** Packages and catalogs: who has a role in the catalog. */
  readonly packages: readonly Id[];
  readonly catalogs: readonly Id[];
  /** Rows of the table of access: who reads it by a role that is active now, or by a permission. */
  readonly readers: readonly AccessOperation[];
  /** Somebody who is not told, whatever else holds. */
  readonly except: Id | null;
}

/** Nobody, with nothing to tell. */
export const nobody: Audience = {
  kinds: [],
  people: [],
  membersOf: [],
  ownersOf: [],
  approvals: [],
  assignments: [],
  packages: [],
  catalogs: [],
  readers: [],
  except: null,
};

/** Somebody who listens, as they stand now. */
export interface Listener extends Standing {
  /** Application permissions; none for people. */
  readonly permissions: ReadonlySet<string>;
}

/** What has to be looked up to tell who is in an audience. */
export interface Facts {
  /** By approval: who decides or has decided it. */
  readonly parts: ReadonlyMap<Id, ReadonlySet<Id>>;
  /** By assignment: the requests about it, with who made them. Their approvals have their ids. */
  readonly requests: ReadonlyMap<Id, readonly { readonly id: Id; readonly requestorId: Id }[]>;
  /** By package: its catalog. */
  readonly catalogs: ReadonlyMap<Id, Id>;
}

/** Whether an audience has somebody in it. */
export function isIn(audience: Audience, who: Listener, facts: Facts): boolean {
  if (!who.isUsable || audience.except === who.id) return false;
  const takesPart = (approvalId: Id) => facts.parts.get(approvalId)?.has(who.id) === true;
  const asked = (assignmentId: Id) =>
    (facts.requests.get(assignmentId) ?? []).some((one) => one.requestorId === who.id || takesPart(one.id));
  const manages = (catalogId: Id | undefined) => who.scopes.has(`/AccessPackageCatalog/${catalogId}`);
  return (
    audience.people.includes(who.id) ||
    audience.membersOf.some((id) => who.groups.has(id)) ||
    audience.ownersOf.some((id) => who.owned.has(id)) ||
    audience.approvals.some(takesPart) ||
    audience.assignments.some(asked) ||
    audience.catalogs.some(manages) ||
    audience.packages.some((id) => manages(facts.catalogs.get(id))) ||
    audience.readers.some((operation) => readerMay(operation, who))
  );
}
