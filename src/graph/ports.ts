import type { Caller } from '../kernel/caller.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import type { Segment, Version } from './address.ts';
import type { GraphFace, ReadContext } from './declaration.ts';
import type { Database } from './read.ts';
import type { Registry } from './registry.ts';
import type { Throttle } from './throttle.ts';

/** One request, however it came in. */
export interface Request {
  readonly method: string;
  /** Path and query, with or without the version: `/v1.0/users?$top=5`. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
  readonly caller: Caller;
  readonly requestId: string;
  /** Where clients reach the server, without version and trailing slash: `https://localhost:8443`. */
  readonly baseUrl: string;
}

/** A read that its caller may not do. */
export interface RefusedRead {
  readonly caller: Caller;
  readonly requestId: string;
  /** The path as it was asked for, without its query. */
  readonly path: string;
  readonly refusal: Refusal;
}

/** What the engine needs from outside. */
export interface GraphPorts {
  readonly faces: readonly GraphFace[];
  /** Runs work in one read-only transaction, with governance time and the caller's rights loaded in it. */
  readonly read: <T>(caller: Caller, work: (db: Database, context: ReadContext) => Promise<T>) => Promise<T>;
  /** Notes that a read was refused to its caller (403): a security fact, which reading itself leaves no trace of. */
  readonly noteRefusedRead: (refused: RefusedRead) => Promise<void>;
  /** Where faults go: programming errors and broken machinery, never refusals. */
  readonly log: { readonly error: (fields: object, message: string) => void };
  /** The operation of the API's contract that a path and method mean, built here or not; null if it has none. */
  readonly knownOperation?: (method: string, segments: readonly Segment[]) => string | null;
  /** Counts requests and says whose are too many; without it nobody's are. */
  readonly throttle?: Throttle;
  /** Real time, for error envelopes. */
  readonly wallClock: () => Instant;
}

/** The engine's parts, as the files around dispatch pass them on. */
export interface Engine {
  readonly ports: GraphPorts;
  readonly registry: Registry;
  /** The CSDL of a version. */
  readonly metadata: (version: Version) => string;
}
