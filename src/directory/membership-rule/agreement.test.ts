import fc from 'fast-check';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyRule, anyUser, fragments } from '../../../test/membership-rules.ts';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import type { Database } from '../../platform/database.ts';
import { textFact, type UserFacts } from './facts.ts';
import { foldCase } from './folding.ts';
import { type FactColumn, matches, membershipRuleSql, parseMembershipRule, printRule } from './index.ts';

const deep = process.env['SALLYPORT_DEEP'] === '1';
const runs = { seed: 20260301, numRuns: deep ? 8000 : 800 };
const minutes = (count: number) => count * 60_000;
const now = Temporal.Instant.from('2026-03-01T12:00:00Z');

let db: Kysely<unknown>;

/** The user as a row of values, which is all that a rule's SQL needs. */
function columnsOf(user: UserFacts): FactColumn {
  const columns: Readonly<Record<string, RawBuilder<unknown>>> = {
    accountEnabled: sql`${user.accountEnabled}::boolean`,
    onPremisesSyncEnabled: sql`${user.onPremisesSyncEnabled ?? null}::boolean`,
    employeeHireDate: sql`${user.employeeHireDate?.toString() ?? null}::timestamptz`,
    managerId: sql`${user.managerId}::uuid`,
    id: sql`${user.id}::uuid`,
    otherMails: jsonb(user.otherMails),
    proxyAddresses: jsonb(user.proxyAddresses),
    assignedPlans: jsonb(user.assignedPlans),
    memberOfGroupIds: jsonb(user.memberOfGroupIds),
  };
  return (fact) => columns[fact] ?? sql`${textFact(user, fact)}::text`;
}

function jsonb(value: readonly unknown[]) {
  // An empty collection may just as well be null in the table.
  return sql`${value.length === 0 ? null : JSON.stringify(value)}::text::jsonb`;
}

async function inSql(text: string, users: readonly UserFacts[]): Promise<boolean[]> {
  const parsed = parseMembershipRule(text);
  if (parsed.is === 'refused') throw new Error(`${text}: ${parsed.refusal.message}`);
  const tests = users.map((user) => membershipRuleSql(parsed.value, columnsOf(user), now));
  const { rows } = await sql<{ answers: boolean[] }>`select array[${sql.join(tests)}]::boolean[] as answers`.execute(
    db,
  );
  return rows[0]?.answers ?? [];
}

describe.each(databaseKinds)('a rule in memory and in SQL (%s)', (kind) => {
  let database: Database;

  beforeAll(async () => {
    database = await freshDatabase(kind);
    db = database.db;
  }, minutes(1));

  afterAll(() => database?.close());

  it('agrees for random rules and users', { timeout: minutes(deep ? 15 : 2) }, async () => {
    let members = 0;
    await fc.assert(
      fc.asyncProperty(anyRule, fc.array(anyUser, { minLength: 6, maxLength: 6 }), async (text, users) => {
        const parsed = parseMembershipRule(text);
        if (parsed.is === 'refused') throw new Error(`${text}: ${parsed.refusal.message}`);
        const answers = users.map((user) => matches(parsed.value, user, now));
        members += answers.filter(Boolean).length;
        expect(await inSql(text, users)).toEqual(answers);
      }),
      runs,
    );
    // Rules that never match, or always, would prove nothing.
    expect(members / (runs.numRuns * 6)).toBeGreaterThan(0.2);
    expect(members / (runs.numRuns * 6)).toBeLessThan(0.8);
  });

  it('folds every code point alike', { timeout: minutes(1) }, async () => {
    const { rows } = await sql<{ code: number; lower: string }>`
      select code, lower(chr(code) collate "pg_c_utf8") as lower
      from generate_series(1, 1114111) as code where code not between 55296 and 57343
        and lower(chr(code) collate "pg_c_utf8") <> chr(code)`.execute(db);
    const lowered = new Map(rows.map(({ code, lower }) => [code, lower]));
    const different: number[] = [];
    for (let code = 1; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (foldCase(character) !== (lowered.get(code) ?? character)) different.push(code);
    }
    expect(different).toEqual([]);
  });

  it('agrees for any regular expression that is accepted', { timeout: minutes(deep ? 10 : 1) }, async () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'()[]{}|*+?^$\\.-ab1dwsSbB'), minLength: 1, maxLength: 40 });
    const text = pattern.map((written) => `user.city -match "${written}"`);
    const accepted = text.filter((rule) => parseMembershipRule(rule).is === 'accepted');
    await fc.assert(
      fc.asyncProperty(accepted, fc.array(anyUser, { minLength: 4, maxLength: 4 }), async (rule, users) => {
        const parsed = parseMembershipRule(rule);
        if (parsed.is === 'refused') return;
        expect(await inSql(rule, users)).toEqual(users.map((user) => matches(parsed.value, user, now)));
      }),
      runs,
    );
  });
});

describe('the text of a rule', () => {
  it('is the same rule again when printed and read', () => {
    fc.assert(
      fc.property(anyRule, (text) => {
        const first = parseMembershipRule(text);
        if (first.is === 'refused') throw new Error(`${text}: ${first.refusal.message}`);
        const second = parseMembershipRule(printRule(first.value));
        expect(withoutPlaces(second)).toBe(withoutPlaces(first));
      }),
      { ...runs, numRuns: runs.numRuns * 4 },
    );
  });

  it('gives a rule or a refusal, whatever it is', () => {
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: fc.constantFrom('(', ')', '"', "'", '`', '[', ']', '-', '.', ' ', 'a', '_'), maxLength: 400 }),
      fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(' ')),
      fc
        .string({ unit: fc.constantFrom(...'()[]{}|*+?^$\\.,-ab1dwsSbu0'), maxLength: 40 })
        .map((pattern) => `user.city -match "${pattern}"`),
    );
    const codes = /^MembershipRule(Syntax|AttributeNot|OperatorNot|PatternNot)/;
    fc.assert(
      fc.property(garbage, (text) => {
        const outcome = parseMembershipRule(text);
        if (outcome.is === 'refused') expect(outcome.refusal.code).toMatch(codes);
      }),
      { ...runs, numRuns: runs.numRuns * 10 },
    );
  });
});

function withoutPlaces(value: unknown): string {
  return JSON.stringify(value, (key, part) => (key === 'at' ? undefined : part));
}
