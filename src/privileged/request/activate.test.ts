import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { code, type SecondDoor, secondDoor, someRole, value } from '../../../test/second-door.ts';
import { endGrants, setAccount } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { newId } from '../../kernel/ids.ts';

let stage: SecondDoor;
let person: Id;
let group: Id;

beforeAll(async () => {
  stage = await secondDoor();
});
afterAll(() => stage.close());
beforeEach(async () => {
  person = await stage.person('requestor');
  group = await stage.group('GRP-ELIG');
});

const role = { kind: 'role', id: someRole, scope: '/' } as const;
const membership = () => ({ kind: 'group-member', id: group, scope: '/' }) as const;
const user = () => ({ kind: 'user', id: person }) as const;
const theGroup = () => ({ kind: 'group', id: group }) as const;
const story = newId();
const byPackage = { origin: { kind: 'package', id: newId() }, correlation: story } as const;

describe('the four shapes', () => {
  test('eligible member of a group that holds the role: activate the membership', async () => {
    await stage.grant({ principal: theGroup(), privilege: role, mode: 'active' });
    await stage.grant({ principal: user(), privilege: membership(), mode: 'eligible', ...byPackage });
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const request = value(await stage.ask(person, { privilege: membership() }));
    expect(request.state.is).toBe('granted');
    expect(request.correlation).toBe(story);
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    stage.advance('PT4H');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  });

  test('member of a group that is eligible for the role: activate the role', async () => {
    await stage.grant({ principal: theGroup(), privilege: role, mode: 'eligible' });
    await stage.grant({ principal: user(), privilege: membership(), mode: 'active', ...byPackage });
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const request = value(await stage.ask(person, {}));
    expect(request.correlation).toBe(story);
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    expect(await stage.has(stage.admin, 'role', someRole)).toBe(false);
  });

  test('two activations: the membership, then the role', async () => {
    await stage.grant({ principal: theGroup(), privilege: role, mode: 'eligible' });
    await stage.grant({ principal: user(), privilege: membership(), mode: 'eligible', ...byPackage });
    expect(code(await stage.ask(person, {}))).toBe('RoleAssignmentRequestPolicyValidationFailed');
    value(await stage.ask(person, { privilege: membership(), duration: 'PT2H' }));
    stage.advance('PT1H');
    expect(value(await stage.ask(person, {})).correlation).toBe(story);
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    stage.advance('PT1H');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  });

  test('§4.5 an eligible group in a role-assignable group activates its members one by one', async () => {
    const team = await stage.group('team', { isAssignableToRole: false });
    const teamMember = { kind: 'group-member', id: team, scope: '/' } as const;
    await stage.grant({ principal: { kind: 'group', id: team }, privilege: membership(), mode: 'eligible' });
    await stage.grant({ principal: user(), privilege: teamMember, mode: 'active' });
    value(await stage.ask(person, { privilege: membership() }));
    expect(await stage.has(person, 'group-member', group)).toBe(true);
    expect(await stage.has(team, 'group-member', group)).toBe(false);
  });

  test('own eligibility for a role', async () => {
    await stage.grant({ principal: user(), privilege: role, mode: 'eligible' });
    value(await stage.ask(person, {}));
    expect(await stage.has(person, 'role', someRole)).toBe(true);
  });
});

describe('what ends an activation', () => {
  test('§5.17 its end, to the microsecond', async () => {
    await stage.grant({ principal: user(), privilege: role, mode: 'eligible' });
    value(await stage.ask(person, {}));
    stage.advance('PT3H59M59.999999S');
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    stage.advance('PT0.000001S');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  });

  test('the end of the eligibility, planned', async () => {
    const until = stage.now.add({ hours: 1 });
    await stage.grant({ principal: user(), privilege: role, mode: 'eligible', window: { from: stage.now, until } });
    value(await stage.ask(person, {}));
    stage.advance('PT59M59.999999S');
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    stage.advance('PT0.000001S');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  });

  test.each(['eligibility', 'membership'] as const)('the %s is taken away: at once', async (link) => {
    const eligibility = await stage.grant({ principal: theGroup(), privilege: role, mode: 'eligible' });
    const member = await stage.grant({ principal: user(), privilege: membership(), mode: 'active' });
    value(await stage.ask(person, {}));
    const taken = link === 'eligibility' ? eligibility : member;
    await stage.as({ kind: 'system' }, (tx) => endGrants(tx, [taken], 'revoked'));
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  });

  test('the account is disabled: at once, and enabling it brings nothing back', async () => {
    await stage.grant({ principal: user(), privilege: role, mode: 'eligible' });
    value(await stage.ask(person, {}));
    await stage.as({ kind: 'system' }, (tx) => setAccount(tx, person, false));
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect(code(await stage.ask(person, {}))).toBe('InvalidAuthenticationToken');
    stage.advance('PT1M');
    await stage.as({ kind: 'system' }, (tx) => setAccount(tx, person, true));
    expect(await stage.has(person, 'role', someRole)).toBe(false);
  });

  test('the person gives it back, but not within five minutes', async () => {
    await stage.grant({ principal: user(), privilege: role, mode: 'eligible' });
    value(await stage.ask(person, {}));
    stage.advance('PT4M59.999999S');
    const back = { action: 'selfDeactivate', duration: null } as const;
    expect(code(await stage.ask(person, back))).toBe('ActiveDurationTooShort');
    stage.advance('PT0.000001S');
    expect(value(await stage.ask(person, back)).state.is).toBe('revoked');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect(code(await stage.ask(person, back))).toBe('RoleAssignmentDoesNotExist');
    value(await stage.ask(person, {}));
    expect(await stage.has(person, 'role', someRole)).toBe(true);
  });
});

describe('what is refused', () => {
  beforeEach(() => stage.grant({ principal: user(), privilege: role, mode: 'eligible' }));

  test.each([
    ['no MFA', {}, false, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['no justification', { justification: ' ' }, true, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['no end', { duration: null }, true, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['too long', { duration: 'PT8H1S' }, true, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['too short', { duration: 'PT4M59S' }, true, 'ActiveDurationTooShort'],
    ['no duration', { duration: 'PT0S' }, true, 'ActiveDurationTooShort'],
    ['not a duration', { duration: 'P1M' }, true, 'InvalidScheduleInfo'],
    [
      'not eligible',
      { privilege: { kind: 'role', id: '62e90394-69f5-4237-9190-012177145e10', scope: '/' } as const },
      true,
      'RoleAssignmentRequestPolicyValidationFailed',
    ],
  ])('%s', async (_, asked, mfa, expected) => {
    await stage.events();
    expect(code(await stage.ask(person, asked, mfa))).toBe(expected);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    const refusals = (await stage.events()).filter((event) => event.result === 'failure');
    expect(refusals).toMatchObject([{ type: 'role.activation.requested', refusal_code: expected }]);
  });

  test('activating for somebody else, even as a Global Administrator', async () => {
    expect(code(await stage.ask(stage.admin, { principalId: person }))).toBe('Authorization_RequestDenied');
  });

  test('twice', async () => {
    value(await stage.ask(person, {}));
    expect(code(await stage.ask(person, {}))).toBe('RoleAssignmentExists');
  });
});

test('a start that is yet to come', async () => {
  await stage.grant({ principal: user(), privilege: role, mode: 'eligible' });
  const schedule = {
    startDateTime: stage.now.add({ hours: 2 }).toString(),
    expiration: { type: 'afterDuration', duration: 'PT1H' },
  } as const;
  value(await stage.ask(person, { schedule }));
  expect(await stage.has(person, 'role', someRole)).toBe(false);
  stage.advance('PT2H');
  expect(await stage.has(person, 'role', someRole)).toBe(true);
  stage.advance('PT1H');
  expect(await stage.has(person, 'role', someRole)).toBe(false);
});
