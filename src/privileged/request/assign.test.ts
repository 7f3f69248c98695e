import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { code, type SecondDoor, secondDoor, someRole, value } from '../../../test/second-door.ts';
import { openGrants } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import { eligibilityLimit, isOnboarded } from '../index.ts';
import { changeRules } from '../policy/operations.ts';
import { loadPolicyOf } from '../policy/store.ts';
import { cancelRequest } from './operations/decide.ts';

let stage: SecondDoor;
let person: Id;
let group: Id;
/** Helpdesk's neighbour, Hybrid Identity Administrator: its rules are made strict. */
const strictRole = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const role = { kind: 'role', id: someRole, scope: '/' } as const;
const membership = () => ({ kind: 'group-member', id: group, scope: '/' }) as const;
const eligible = () => ({ action: 'adminAssign', mode: 'eligible', principalId: person, duration: 'P30D' }) as const;
const active = () => ({ ...eligible(), mode: 'active' }) as const;

beforeAll(async () => {
  stage = await secondDoor();
});
afterAll(() => stage.close());
beforeEach(async () => {
  person = await stage.person('someone');
  group = await stage.group('GRP');
});

describe('an administrator', () => {
  test('makes somebody eligible, who activates; taking the eligibility away ends all', async () => {
    value(await stage.ask(stage.admin, eligible()));
    value(await stage.ask(person, {}));
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    const away = { action: 'adminRemove', mode: 'eligible', principalId: person, duration: null } as const;
    expect(code(await stage.ask(stage.admin, away))).toBe('ActiveDurationTooShort');
    stage.advance('PT5M');
    expect(value(await stage.ask(stage.admin, away)).state.is).toBe('revoked');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect(code(await stage.ask(stage.admin, away))).toBe('RoleAssignmentDoesNotExist');
  });

  test('makes somebody active, for good or until later', async () => {
    value(await stage.ask(stage.admin, { ...active(), duration: null }));
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    expect(code(await stage.ask(stage.admin, active()))).toBe('RoleAssignmentExists');
  });

  test('extends, and never shortens', async () => {
    const from = stage.now;
    value(await stage.ask(stage.admin, eligible()));
    const extend = { ...eligible(), action: 'adminExtend' } as const;
    expect(code(await stage.ask(stage.admin, { ...extend, duration: 'P40D' }))).toBe('ExtensionNotDue');
    stage.advance('P16D');
    expect(code(await stage.ask(stage.admin, { ...extend, duration: 'P20D' }))).toBe('ScheduleEndNotLater');
    value(await stage.ask(stage.admin, { ...extend, duration: 'P40D' }));
    const grants = await stage.as({ kind: 'system' }, (tx) => openGrants(tx, { principal: person, mode: 'eligible' }));
    expect(value(grants).map((grant) => grant.endsAt?.toString())).toEqual([from.add({ hours: 40 * 24 }).toString()]);
  });

  test('takes back what has not started', async () => {
    const schedule = {
      startDateTime: stage.now.add({ hours: 24 }).toString(),
      expiration: { type: 'noExpiration' },
    } as const;
    const request = value(await stage.ask(stage.admin, { ...active(), schedule }));
    value(await stage.as(stage.admin, (tx) => cancelRequest(tx, request.id, () => true)));
    stage.advance('P60D');
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect(code(await stage.as(stage.admin, (tx) => cancelRequest(tx, request.id, () => true)))).toBe(
      'RequestNotCancelable',
    );
  });

  test('obeys the rules: justification, MFA, an end, the longest', async () => {
    const type = '#microsoft.graph.unifiedRoleManagementPolicy';
    const strict = { ...active(), privilege: { ...role, id: strictRole } };
    value(
      await stage.as(stage.admin, async (tx) => {
        const policy = await loadPolicyOf(tx, 'role', strictRole);
        await changeRules(tx, policy?.publicId ?? '', [
          {
            ruleId: 'Expiration_Admin_Assignment',
            change: { '@odata.type': `${type}ExpirationRule`, isExpirationRequired: true, maximumDuration: 'P10D' },
          },
          {
            ruleId: 'Enablement_Admin_Assignment',
            change: {
              '@odata.type': `${type}EnablementRule`,
              enabledRules: ['MultiFactorAuthentication', 'Justification'],
            },
          },
        ]);
      }),
    );
    const failed = 'RoleAssignmentRequestPolicyValidationFailed';
    expect(code(await stage.ask(stage.admin, { ...strict, duration: null }))).toBe(failed);
    expect(code(await stage.ask(stage.admin, { ...strict, duration: 'P10DT1S' }))).toBe(failed);
    expect(code(await stage.ask(stage.admin, { ...strict, duration: 'P10D', justification: null }))).toBe(failed);
    expect(code(await stage.ask(stage.admin, { ...strict, duration: 'P10D' }, false))).toBe(failed);
    value(await stage.ask(stage.admin, { ...strict, duration: 'P10D' }));
  });

  test('grants nothing to themselves, nor to a group that they are in', async () => {
    expect(code(await stage.ask(stage.admin, { ...eligible(), principalId: stage.admin }))).toBe('SelfGrantNotAllowed');
    await stage.grant({ principal: { kind: 'user', id: stage.admin }, privilege: membership(), mode: 'active' });
    expect(code(await stage.ask(stage.admin, { ...eligible(), principalId: group }))).toBe('SelfGrantNotAllowed');
  });
});

describe('§5.3 what cannot be given', () => {
  test.each([
    [
      'a role to a group that is not role-assignable',
      async () => ({ ...eligible(), principalId: await stage.group('plain', { isAssignableToRole: false }) }),
      'GroupNotAssignableToRole',
    ],
    ['anything to nobody', async () => ({ ...eligible(), principalId: newId() }), 'SubjectNotFound'],
    ['no role', async () => ({ ...eligible(), privilege: { ...role, id: newId() } }), 'RoleDefinitionDoesNotExist'],
    ['no group', async () => ({ ...eligible(), privilege: { ...membership(), id: newId() } }), 'ResourceNotFound'],
    [
      'a dynamic group',
      async () => ({
        ...eligible(),
        privilege: { ...membership(), id: await stage.group('dynamic', { rule: '(user.jobTitle -eq "x")' }) },
      }),
      'GroupNotSupported',
    ],
    [
      'a group as an active member of a role-assignable group',
      async () => ({ ...active(), privilege: membership(), principalId: await stage.group('other') }),
      'Request_BadRequest',
    ],
    [
      'a group as an owner',
      async () => ({
        ...eligible(),
        privilege: { ...membership(), kind: 'group-owner' as const },
        principalId: await stage.group('other'),
      }),
      'Request_BadRequest',
    ],
  ])('%s', async (_, asked, expected) => {
    expect(code(await stage.ask(stage.admin, await asked()))).toBe(expected);
  });

  test('by somebody who administers nothing', async () => {
    expect(code(await stage.ask(person, { ...eligible(), principalId: stage.admin }))).toBe(
      'Authorization_RequestDenied',
    );
  });
});

describe('a group under PIM', () => {
  test('§5.4 is managed by its owners, and onboarded by the first request, for ever', async () => {
    const owner = await stage.person('owner');
    const owned = await stage.group('owned', { owners: [owner] });
    const privilege = { ...membership(), id: owned };
    expect(code(await stage.ask(person, { ...eligible(), privilege }))).toBe('Authorization_RequestDenied');
    expect(value(await stage.as(owner, (tx) => isOnboarded(tx, owned)))).toBe(false);
    value(await stage.ask(owner, { ...eligible(), privilege }));
    expect(value(await stage.as(owner, (tx) => isOnboarded(tx, owned)))).toBe(true);
    expect(code(await stage.ask(owner, { ...eligible(), privilege, principalId: owner }))).toBe('SelfGrantNotAllowed');
  });

  test('a refused request onboards nothing', async () => {
    expect(code(await stage.ask(stage.admin, { ...eligible(), privilege: membership(), duration: 'PT1M' }))).toBe(
      'ActiveDurationTooShort',
    );
    expect(value(await stage.as(person, (tx) => isOnboarded(tx, group)))).toBe(false);
  });

  test('says how long an eligibility may last', async () => {
    expect(value(await stage.as(person, (tx) => eligibilityLimit(tx, 'group-member', group)))).toBeNull();
    value(
      await stage.as(stage.admin, async (tx) => {
        const policy = await loadPolicyOf(tx, 'group-member', group);
        const change = {
          '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
          isExpirationRequired: true,
          maximumDuration: 'P40D',
        } as const;
        await changeRules(tx, policy?.publicId ?? '', [{ ruleId: 'Expiration_Admin_Eligibility', change }]);
      }),
    );
    expect(value(await stage.as(person, (tx) => eligibilityLimit(tx, 'group-member', group)))?.total('days')).toBe(40);
    expect(value(await stage.as(person, (tx) => eligibilityLimit(tx, 'group-owner', group)))).toBeNull();
  });
});
