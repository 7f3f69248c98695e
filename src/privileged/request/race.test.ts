import { afterAll, beforeAll, expect, test } from 'vitest';
import { code, type SecondDoor, secondDoor, someRole, value } from '../../../test/second-door.ts';
import { endGrants } from '../../grants/index.ts';

// Two sessions at once: only a real PostgreSQL shows what one session hides.
let stage: SecondDoor;
const role = { kind: 'role', id: someRole, scope: '/' } as const;
const rounds = process.env['SALLYPORT_DEEP'] === '1' ? 100 : 8;

beforeAll(async () => {
  stage = await secondDoor('postgres');
});
afterAll(() => stage.close());

test('of several activations at once, one is given', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await stage.person(`twice-${round}`);
    await stage.grant({ principal: { kind: 'user', id: person }, privilege: role, mode: 'eligible' });
    const outcomes = await Promise.all([stage.ask(person, {}), stage.ask(person, {}), stage.ask(person, {})]);
    expect(outcomes.map(code).sort()).toEqual(['RoleAssignmentExists', 'RoleAssignmentExists', 'accepted']);
  }
});

test('an eligibility that is taken away while it is activated leaves nothing behind', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const person = await stage.person(`late-${round}`);
    const principal = { kind: 'user', id: person } as const;
    const eligibility = await stage.grant({ principal, privilege: role, mode: 'eligible' });
    const [, ended] = await Promise.all([
      stage.ask(person, {}),
      stage.as({ kind: 'system' }, (tx) => endGrants(tx, [eligibility], 'revoked')),
    ]);
    value(ended);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  }
});
