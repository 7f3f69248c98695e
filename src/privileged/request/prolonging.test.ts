import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { code, type SecondDoor, secondDoor, someRole, value } from '../../../test/second-door.ts';
import { endGrants, openGrants } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { privilegedDue } from '../due.ts';

let stage: SecondDoor;
let person: Id;
const role = { kind: 'role', id: someRole, scope: '/' } as const;
const user = () => ({ kind: 'user', id: person }) as const;
const by = (action: 'adminUpdate' | 'adminExtend' | 'adminRenew', duration: string | null = 'P30D') =>
  ({ action, mode: 'eligible', principalId: person, duration }) as const;

beforeAll(async () => {
  stage = await secondDoor();
});
afterAll(() => stage.close());
beforeEach(async () => {
  person = await stage.person('someone');
});

const eligible = (days: number) =>
  stage.grant({
    principal: user(),
    privilege: role,
    mode: 'eligible',
    window: { from: stage.now, until: stage.now.add({ hours: 24 * days }) },
  });

test('what an access package gave is not prolonged behind its back', async () => {
  const origin = { kind: 'package', id: newId() } as const;
  await stage.grant({ principal: user(), privilege: role, mode: 'eligible', origin });
  expect(code(await stage.ask(stage.admin, by('adminExtend')))).toBe('ScheduleFromPackage');
  expect(code(await stage.ask(stage.admin, by('adminUpdate')))).toBe('ScheduleFromPackage');
  expect(code(await stage.ask(person, { action: 'selfExtend', mode: 'eligible' }))).toBe('ScheduleFromPackage');
});

test('what never ends can be shortened, and is neither extended nor renewed', async () => {
  await stage.grant({ principal: user(), privilege: role, mode: 'eligible' });
  expect(code(await stage.ask(stage.admin, by('adminExtend')))).toBe('ExtensionNotDue');
  expect(code(await stage.ask(stage.admin, by('adminRenew')))).toBe('RoleAssignmentExists');
  value(await stage.ask(stage.admin, by('adminUpdate', 'P30D')));
  value(await stage.ask(stage.admin, by('adminUpdate', null)));
  expect(value(await stage.as(stage.admin, (tx) => openGrants(tx, { principal: person })))).toHaveLength(1);
});

test('shortening caps what hangs on it, and ends what would only start later', async () => {
  const eligibility = await eligible(60);
  value(await stage.ask(person, { duration: 'PT8H' }));
  const running = value(await stage.as(person, (tx) => openGrants(tx, { principal: person, mode: 'active' })))[0];
  const member = await stage.grant({
    principal: user(),
    privilege: { kind: 'group-owner', id: newId(), scope: '/' },
    mode: 'active',
    window: { from: stage.now.add({ hours: 48 }), until: null },
    origin: { kind: 'activation', id: eligibility.id },
    links: [{ kind: 'grant', id: eligibility.id, endsAt: eligibility.endsAt }],
  });
  await stage.events();
  const schedule = {
    expiration: { type: 'afterDateTime', endDateTime: stage.now.add({ hours: 1 }).toString() },
  } as const;
  value(await stage.ask(stage.admin, { ...by('adminUpdate'), schedule }));
  const types = (await stage.events()).map(({ type }) => type);
  expect(types).toContain('role.eligible.shortened');
  expect(types).toContain('role.active.shortened');
  expect(types).toContain('group-owner.active.ended');
  expect(types).toContain('role.eligible.assignment.updated');
  const held = value(await stage.as(person, (tx) => openGrants(tx, { principal: person, mode: 'active' })));
  expect(held.map(({ id, binding }) => ({ id, binding }))).toEqual([
    { id: running?.id, binding: { by: 'link', id: eligibility.id } },
  ]);
  expect(held.some(({ id }) => id === member.id)).toBe(false);
  stage.advance('PT1H');
  expect(await stage.has(person, 'role', someRole)).toBe(false);
});

describe('what a person asks for', () => {
  const ask = (action: 'selfExtend' | 'selfRenew') => stage.ask(person, { action, mode: 'eligible', duration: null });

  test('is noted as run out once, whether the worker or the next request finds it', async () => {
    await eligible(5);
    const { id } = value(await ask('selfExtend'));
    stage.advance('P5D');
    await stage.events();
    value(await ask('selfRenew'));
    const timeout = privilegedDue.get('assignment.decisionTimeout');
    await stage.as({ kind: 'system' }, async (tx) => timeout?.(tx, id));
    const types = (await stage.events()).map(({ type }) => type);
    expect(types.filter((type) => type.endsWith('extensionTimedOut'))).toHaveLength(1);
    expect(types.at(-1)).toBe('role.eligible.assignment.renewalRequested');
  });

  test('is denied when what it is about is removed', async () => {
    await eligible(5);
    value(await ask('selfExtend'));
    stage.advance('PT5M');
    await stage.events();
    value(await stage.ask(stage.admin, { action: 'adminRemove', mode: 'eligible', principalId: person }));
    const types = (await stage.events()).map(({ type }) => type);
    expect(types).toContain('role.eligible.assignment.extensionDenied');
  });

  test('cannot be approved when what it is about has gone', async () => {
    const grant = await eligible(5);
    value(await ask('selfExtend'));
    await stage.as({ kind: 'system' }, (tx) => endGrants(tx, [grant], 'revoked'));
    expect(code(await stage.ask(stage.admin, by('adminExtend')))).toBe('RoleAssignmentDoesNotExist');
  });

  test('does not stand in the way of an activation that waits for an approval', async () => {
    await eligible(5);
    value(await ask('selfExtend'));
    expect(value(await stage.ask(person, {})).state.is).toBe('granted');
  });
});
