import type { RawBuilder } from 'kysely';
import type { TSchema } from 'typebox';
import type { Caller } from '../kernel/caller.ts';
import type { Instant } from '../kernel/time.ts';

/** A piece of SQL. */
export type Sql = RawBuilder<unknown>;

/** Refers to a column of the row that a declaration speaks of: `row('display_name')`. */
export type Row = (column: string) => Sql;

/** Who reads, with what they may, as loaded in the transaction that reads. */
export interface Reader {
  readonly caller: Caller;
  /** Template ids of the directory roles that are active for the caller now, tenant-wide. */
  readonly roles: ReadonlySet<string>;
  /** Graph application permissions of an app caller; empty for people. */
  readonly permissions: ReadonlySet<string>;
}

/** What a declaration may look at when it is compiled: never a clock, never a request. */
export interface ReadContext {
  readonly now: Instant;
  readonly reader: Reader;
  readonly tenantId: string;
}

/** Wire types. `json` is a complex value; `duration` is ISO 8601 text; `dateTimeOffset` is a `timestamptz` in SQL. */
export type Edm = 'string' | 'boolean' | 'int32' | 'dateTimeOffset' | 'duration' | 'enum' | 'guid' | 'json';

/** One property of an entity: its wire type and the SQL that gives it. The builders of `properties.ts` make them. */
export interface Property {
  readonly edm: Edm;
  /** True for `Collection(...)`: the SQL then gives a jsonb array. */
  readonly collection: boolean;
  readonly sql: (row: Row, context: ReadContext) => Sql;
  /** Enum members in Graph's order and spelling. */
  readonly members?: readonly string[];
  /**
   * Members that Graph added after `unknownFutureValue`: written as that, for clients that were made before them, unless
   * a client sends `Prefer: include-unknown-enum-members`. They can be filtered by all the same.
   */
  readonly later?: readonly string[];
  /** Sub-properties of a complex value (`edm: 'json'`), for `$filter=initiatedBy/user/id eq '…'` and lambdas. */
  readonly fields?: Readonly<Record<string, Property>>;
  /**
   * Null in no row: a list sorted by it needs no `nulls first`, and so goes by a plain index. The key of a set is so
   * without saying it. What readers may not see is null to them all the same (`restricted`).
   */
  readonly neverNull?: boolean;
  /** Left out unless `$select` names it (Graph's users and groups have such properties). */
  readonly onlyOnSelect?: boolean;
  /** Null on the wire unless this holds; such properties cannot be filtered on by others either. */
  readonly restricted?: (row: Row, context: ReadContext) => Sql;
  /** Strings compare without regard to case, as in Entra, unless this is set. Keys always compare exactly. */
  readonly exact?: boolean;
  /** A condition that an index can serve, in place of `sql = literal`, for `eq`, `in` and keys (structured ids). */
  readonly equals?: (row: Row, literal: string, context: ReadContext) => Sql;
}

/** A way from an entity to others, joined by SQL over both rows. */
export interface Navigation {
  readonly many: boolean;
  /** Name of the target entity set, resolved at start. */
  readonly target: string;
  readonly on: (parent: Row, child: Row, context: ReadContext) => Sql;
  /**
   * The keys of the rows that `on` joins, as a subquery of one column; `manyOf` makes both out of one. Where a path goes
   * by the navigation, those rows are looked up by their keys, and `on` is not tried with each row of the target.
   */
  readonly targetKeys?: (parent: Row, context: ReadContext) => Sql;
  /**
   * Whether `targetKeys` are few for any parent. PostgreSQL cannot tell how many a recursion gives and, expecting many,
   * would look through all of the target.
   */
  readonly leadsToFew?: boolean;
  /**
   * For filters and orders: navigations of the target that columns of the parent stand for, so that the target need not
   * be read (`assignment/target` of a request, which has the target's id itself). By name, each from the parent's row.
   * INVARIANT: it leads where the two steps lead, and whoever may see the parent may go them.
   */
  readonly shortcuts?: Readonly<Record<string, Navigation>>;
  /**
   * Written without `$expand`, as Graph does with some contained collections (`stages` of an approval): whole, or by
   * their keys alone (`inheritsPermissionsFrom` of a role).
   */
  readonly inline?: boolean | 'keys';
}

/**
 * Which queries of directory objects Graph answers only as advanced queries, beside those that always are (`ne`, `not`,
 * `endsWith`, `/$count`, `$search`, `$filter` with `$orderby`). A set that has them is a set of directory objects.
 */
export interface AdvancedQueries {
  /** Properties that can be sorted by without. */
  readonly sortable: readonly string[];
  /** Properties that cannot be filtered by without, in any way. */
  readonly filtered: readonly string[];
  /** Properties that cannot be compared with null without. */
  readonly missing: readonly string[];
}

/** How a Graph entity set maps to SQL. Everything that OData can ask of it follows from this. */
export interface EntitySet {
  /** The set's name in the registry: Graph's own where it has one (`users`, `accessPackages`). */
  readonly name: string;
  /** What its entities are, in a few words, for the API's description. */
  readonly says?: string;
  /** The Graph type without the hash: `microsoft.graph.user`. */
  readonly type: string;
  /** A table or a parenthesised subquery; the engine gives it an alias. */
  readonly from: (context: ReadContext) => Sql;
  /** Property that is the key on the wire; `id` unless said otherwise. */
  readonly key?: string;
  /** Other properties that may stand in the key's place, such as `userPrincipalName`. */
  readonly alternateKeys?: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
  readonly navigation?: Readonly<Record<string, Navigation>>;
  /** Names by which Microsoft's pages still expand navigations, each with the name that v1.0 has for it. */
  readonly oldNames?: Readonly<Record<string, string>>;
  /** Which rows this reader may know of. Applied at every node: paths, `$expand`, `$filter`, `any()`, `$count`, `$search`. */
  readonly visible: (row: Row, context: ReadContext) => Sql;
  /**
   * Whether this reader may list the set at all; without it, anyone may. To others a list is a 403 and no empty
   * collection, as in Graph, unless they may know of some row of it, or filter by their own id (`ownBy`).
   */
  readonly listable?: (context: ReadContext) => boolean;
  /** Properties by which people find what is theirs: `$filter=principalId eq '…'`. */
  readonly ownBy?: readonly string[];
  /**
   * Derived types by `@odata.type` (`#microsoft.graph.user`), each the name of the set that has its properties.
   * A derived set with the very same `from` reads the same row; any other is joined by key.
   * `typeOf` gives one of these names for a row.
   */
  readonly derived?: Readonly<Record<string, string>>;
  readonly typeOf?: (row: Row) => Sql;
  /** Whether `@odata.type` is written on every row (polymorphic sets). */
  readonly writesType?: boolean;
  /**
   * What must be in `$filter` (with `eq` or `in`) to list the set at all, as Graph demands of PIM collections:
   * one property of every group. `[['groupId', 'principalId']]` wants either, `[['scopeId'], ['scopeType']]` both.
   */
  readonly filterNeeds?: readonly (readonly string[])[];
  /**
   * By which property a person lists what is theirs who says nothing of what `filterNeeds` wants; an application, which
   * has nothing of its own, is refused all the same.
   */
  readonly ownUnasked?: string;
  /** What Graph asks of queries of directory objects (`advanced.ts`); other sets have none. */
  readonly advanced?: AdvancedQueries;
  /** Properties that `$search` looks into. */
  readonly searchable?: readonly string[];
  /** The order when `$orderby` is missing, in its language (`createdDateTime desc`); the key breaks ties. */
  readonly order?: string;
  /** Code of the 404 for a key that is not there: `Request_ResourceNotFound` (directory objects) unless said. */
  readonly notFound?: string;
}

/** One entity at a fixed place in the path (`/identityGovernance/entitlementManagement/settings`). */
export interface SingleMount {
  readonly set: string;
  /** Key of the entity; without it the set has one row. */
  readonly key?: string;
}

/** A collection that only `/beta` has. */
export interface BetaMount {
  readonly set: string;
  readonly beta: 'only';
}

/** What an operation answers. `read` renders an entity by its declaration, as its writer may see it. */
export type Answer =
  | { readonly status: 204 | 202 }
  | { readonly status: 200 | 201 | 202; readonly read: { readonly set: string; readonly id: string } }
  /** An object as it is; `context` is what its `@odata.context` names: `Collection(Edm.String)`, `users/$entity`. */
  | { readonly status: 200 | 201; readonly body: object; readonly context: string }
  /**
   * A list that was concluded whole, in its order: the engine pages it by `$top`, `$skip` and `$count`, and refuses the
   * other query options. `besides` stands beside the rows of every page.
   */
  | { readonly status: 200; readonly rows: readonly object[]; readonly besides?: object; readonly context: string }
  /** A collection: rows of a set narrowed by SQL, with all the query options (`filterByCurrentUser`). */
  | {
      readonly status: 200;
      readonly list: { readonly set: string; readonly where: (row: Row, context: ReadContext) => Sql };
    };

/** One call of an operation, its path already resolved and its body already checked. */
export interface Call<Body> {
  readonly caller: Caller;
  readonly requestId: string;
  /** Values of the `{names}` in the operation's path; `me` is already the caller's id. */
  readonly path: Readonly<Record<string, string>>;
  /** Parameters of a function in the path: `filterByCurrentUser(on='approver')` gives `{on: 'approver'}`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What the query says besides OData's options, as `query` of the operation declares it; empty without. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  /** Whether the client prefers that what is not there is created (`Prefer: create-if-missing`). */
  readonly createsIfMissing: boolean;
}

/**
 * A write, an action or a function of Graph's surface. Reads of entity sets need none: the engine serves them.
 * `path` is written with names in braces and without version, as Graph's documentation does:
 * `/groups/{group-id}/members/$ref`, `/…/assignmentRequests/{id}/cancel`, `/…/assignmentRequests/filterByCurrentUser`.
 */
export interface Operation<Body = never> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Served under `/beta` too (default) or only there (`'only'`). */
  readonly beta?: 'only';
  /** Shape of the body; an operation without one takes none (an empty object is welcome). */
  readonly body?: TSchema;
  /** The body may be left out, which is an empty object then. */
  readonly bodyIsOptional?: true;
  /** Parameters in the query besides OData's options, all of them texts; others are refused by name then. */
  readonly query?: TSchema;
  /** What it does, in a sentence, and the shape of what it answers where that is no entity: for the API's description. */
  readonly says?: string;
  readonly answers?: TSchema;
  readonly run: (call: Call<Body>) => Promise<Answer>;
}

/**
 * One capability's part of an API: its sets, where they hang in the path, and its operations. Graph is one such API;
 * what Graph has no word for (`/sallyport/…`) is another, with the same conventions and a registry of its own.
 */
export interface GraphFace {
  readonly sets: readonly EntitySet[];
  /** Path → set name: `{'/users': 'users'}`. `{ set, key? }` mounts a single entity, `{ set, beta }` one of beta alone. */
  readonly mounts: Readonly<Record<string, string | SingleMount | BetaMount>>;
  readonly operations: readonly Operation[];
  /** Paths that Microsoft's pages of v1.0 still write in the words of an older version, each with v1.0's own. */
  readonly oldPaths?: Readonly<Record<string, string>>;
}
