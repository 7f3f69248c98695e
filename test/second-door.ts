import { roleIds } from '../src/access/index.ts';
import { approvalSubscribers } from '../src/approval/index.ts';
import { insertGroup } from '../src/directory/group/store.ts';
import { approverPorts, directoryGraph } from '../src/directory/index.ts';
import { saveBuiltInRoles } from '../src/directory/role/store.ts';
import { emptyUser } from '../src/directory/user/decisions.ts';
import { insertUser } from '../src/directory/user/store.ts';
import { type Grant, giveGrant, type NewGrant, type PrivilegeKind, pathsTo, setAccount } from '../src/grants/index.ts';
import type { Caller } from '../src/kernel/caller.ts';
import { type Id, newId } from '../src/kernel/ids.ts';
import type { Outcome } from '../src/kernel/outcome.ts';
import { after, type Instant, parseDuration } from '../src/kernel/time.ts';
import type { Database } from '../src/platform/database.ts';
import { silent } from '../src/platform/log.ts';
import { joined, operate, type Runtime, type Tx } from '../src/platform/transaction.ts';
import { privilegedGraph, privilegedSubscribers } from '../src/privileged/index.ts';
import type { ScheduleCommand, ScheduleRequest } from '../src/privileged/request/model.ts';
import { attemptOf, submit } from '../src/privileged/request/operations/submit.ts';
import { type Answered, graphOver } from './graph.ts';
import { type DatabaseKind, freshDatabase } from './postgres.ts';

/** Helpdesk Administrator: a role that nothing in these tests needs itself. */
export const someRole = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

/** What a person asks of PIM in a test: what is left out is a good request. */
export type Ask = Partial<ScheduleCommand> & { readonly duration?: string | null };

/** A tenant with an administrator and a clock that tests move, to play the second door on. */
export interface SecondDoor {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly tenantId: Id;
  readonly admin: Id;
  readonly now: Instant;
  advance(duration: string): void;
  person(name: string): Promise<Id>;
  group(name: string, more?: { isAssignableToRole?: boolean; owners?: Id[]; rule?: string | null }): Promise<Id>;
  /** Writes into the ledger as a package or an administrator would have. */
  grant(asked: Partial<NewGrant> & Pick<NewGrant, 'principal' | 'privilege' | 'mode'>): Promise<Grant>;
  as<T>(who: Id | Caller, work: (tx: Tx) => Promise<T>, mfa?: boolean): Promise<Outcome<T>>;
  ask(who: Id, asked: Ask, mfa?: boolean): Promise<Outcome<ScheduleRequest>>;
  /** Calls Graph as somebody. */
  graph(who: Id | Caller, method: string, url: string, body?: unknown): Promise<Answered<Body>>;
  /** Whether somebody can use a privilege now, by whatever path. */
  has(who: Id, kind: PrivilegeKind, privilege: Id): Promise<boolean>;
  /** What was recorded since the last call. */
  events(): Promise<{ type: string; result: string; correlation_id: Id; refusal_code: string | null }[]>;
  close(): Promise<void>;
}

/** The parts of bodies that tests look into. What a body really has is for assertions to say. */
export interface Body {
  readonly '@odata.count': number;
  readonly value: readonly Body[];
  readonly error: { readonly code: string };
  readonly id: string;
  readonly status: string;
  readonly policyId: string;
  readonly policy: Body;
  readonly rules: readonly Body[];
  readonly enabledRules: readonly string[];
  readonly maximumDuration: string;
  readonly lastModifiedBy: { readonly id: string };
  readonly targetScheduleId: string;
  readonly targetSchedule: Body;
  readonly stages: readonly Body[];
}

/** Opens a fresh stage. */
export async function secondDoor(kind: DatabaseKind = 'embedded'): Promise<SecondDoor> {
  const database = await freshDatabase(kind);
  let now: Instant = Temporal.Instant.from('2027-01-04T08:00:00Z');
  const runtime: Runtime = {
    db: database.db,
    clock: { now: () => now },
    realClock: { now: () => now },
    log: silent,
    subscribers: joined(privilegedSubscribers, approvalSubscribers(approverPorts)),
    nudge: () => undefined,
  };

  function as<T>(who: Id | Caller, work: (tx: Tx) => Promise<T>, mfa = true, attempts = 'test'): Promise<Outcome<T>> {
    return operate(
      runtime,
      { caller: typeof who === 'string' ? caller(who, mfa) : who, requestId: newId(), attempts },
      work,
    );
  }

  function caller(id: Id, mfa: boolean): Caller {
    const name = 'Someone';
    return { kind: 'user', id, userPrincipalName: name, displayName: name, appId: newId(), mfaAt: mfa ? now : null };
  }

  function person(name: string): Promise<Id> {
    return system(async (tx) => {
      const id = newId();
      people += 1;
      await insertUser(tx, id, emptyUser(`${name}-${people}@sallyport.example`, name));
      await setAccount(tx, id, true);
      return id;
    });
  }

  async function system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return value(await as({ kind: 'system' }, work));
  }

  async function grant(asked: Partial<NewGrant> & Pick<NewGrant, 'principal' | 'privilege' | 'mode'>): Promise<Grant> {
    const whole: NewGrant = {
      window: { from: now, until: null },
      origin: { kind: 'assigned', id: newId() },
      correlation: newId(),
      ...asked,
    };
    return system((tx) => giveGrant(tx, whole));
  }

  const tenantId = newId();
  const send = graphOver<Body>(runtime, tenantId, [directoryGraph(runtime), privilegedGraph(runtime, tenantId)]);
  let seen = '0';
  let people = 0;

  await system(async (tx) => {
    await saveBuiltInRoles(tx);
    await tx.record({ type: 'organization.created', subject: newId(), correlation: newId() });
  });
  const admin = await person('admin');
  await grant({
    principal: { kind: 'user', id: admin },
    privilege: { kind: 'role', id: roleIds.globalAdministrator, scope: '/' },
    mode: 'active',
  });

  return {
    database,
    runtime,
    tenantId,
    admin,
    get now() {
      return now;
    },
    advance(duration) {
      now = after(now, parseDuration(duration) ?? new Temporal.Duration());
    },
    person,
    async group(name, { owners = [], isAssignableToRole = true, rule = null } = {}) {
      const id = await system(async (tx) => {
        const made = newId();
        await insertGroup(tx, made, {
          displayName: name,
          description: null,
          mailNickname: name,
          mailEnabled: false,
          securityEnabled: true,
          groupTypes: rule === null ? [] : ['DynamicMembership'],
          membershipRule: rule,
          membershipRuleProcessingState: rule === null ? null : 'On',
          isAssignableToRole: isAssignableToRole && rule === null,
          visibility: isAssignableToRole && rule === null ? 'Private' : null,
          uniqueName: null,
          classification: null,
          theme: null,
          preferredDataLocation: null,
          preferredLanguage: null,
        });
        await tx.record({ type: 'group.created', subject: made, correlation: newId() });
        return made;
      });
      for (const owner of owners) {
        const privilege = { kind: 'group-owner', id, scope: '/' } as const;
        await grant({ principal: { kind: 'user', id: owner }, privilege, mode: 'active' });
      }
      return id;
    },
    grant,
    as,
    async ask(who, { duration = 'PT4H', ...asked }, mfa = true) {
      const command: ScheduleCommand = {
        action: 'selfActivate',
        privilege: { kind: 'role', id: someRole, scope: '/' },
        mode: 'active',
        principalId: who,
        schedule: duration === null ? null : { expiration: { type: 'afterDuration', duration } },
        justification: 'INC-1',
        ticket: { number: null, system: null },
        ...asked,
      };
      return as(who, (tx) => submit(tx, command), mfa, attemptOf(command));
    },
    graph: (who, method, url, body) => send(typeof who === 'string' ? caller(who, true) : who, method, url, body),
    async has(who, kindOf, privilege) {
      const of = { kind: kindOf, privilege, mode: 'active' } as const;
      return value(await as({ kind: 'system' }, (tx) => pathsTo(tx, who, of))).length > 0;
    },
    async events() {
      const db = database.db.withTables<{
        event: { type: string; result: string; correlation_id: Id; refusal_code: string | null; sequence: string };
      }>();
      const rows = await db
        .selectFrom('event')
        .select(['type', 'result', 'correlation_id', 'refusal_code', 'sequence'])
        .where('sequence', '>', seen)
        .orderBy('sequence')
        .execute();
      seen = rows.at(-1)?.sequence ?? seen;
      return rows;
    },
    close: () => database.close(),
  };
}

/** The value of an outcome that must be accepted. */
export function value<T>(outcome: Outcome<T>): T {
  if (outcome.is === 'refused') throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}

/** The code of an outcome that must be refused. */
export function code(outcome: Outcome<unknown>): string {
  return outcome.is === 'refused' ? outcome.refusal.code : 'accepted';
}
