import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { askRole, changeRule, helpdesk, lasting, listed, outcome, policyIdOf } from './pim.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const contexts = '/identity/conditionalAccess/authenticationContextClassReferences';
const rule = 'AuthenticationContext_EndUser_Assignment';
const hour = { scheduleInfo: lasting('PT1H') };

describe.each(databaseKinds)('authentication contexts on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let person: Actor;
  let policy: string;
  const demand = (change: object) => changeRule(admin, policy, rule, change);

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    person = await play.as('requestor');
    policy = await policyIdOf(admin, helpdesk);
    const eligible = await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P60D') });
    expect(outcome(eligible)).toBe('201');
  });
  afterAll(() => play?.close());

  test('are made by their first PATCH, as Graph does, and changed by the next', async () => {
    expect(outcome(await admin.patch(`${contexts}/c1`, {}))).toBe('204');
    expect((await admin.get(`${contexts}/c1`)).body).toMatchObject({ id: 'c1', displayName: null, isAvailable: false });
    const change = { displayName: 'Strong', description: 'A key', isAvailable: true };
    expect(outcome(await admin.patch(`${contexts}/C1`, change))).toBe('204');
    expect(outcome(await admin.patch(`${contexts}/c1`, { displayName: 'Stronger' }))).toBe('204');
    const [one] = await listed(admin, `${contexts}?$filter=isAvailable eq true`);
    expect(one).toMatchObject({ id: 'c1', displayName: 'Stronger', description: 'A key', isAvailable: true });
    expect(outcome(await admin.patch(`${contexts}/c100`, {}))).toBe('BadRequest');
    expect(outcome(await admin.patch(`${contexts}/c0`, {}))).toBe('BadRequest');
    expect(outcome(await admin.patch(`${contexts}/c2`, { nonsense: 1 }))).toBe('BadRequest');
    expect(outcome(await person.get(contexts))).toBe('Authorization_RequestDenied');
    expect(outcome(await person.get(`${contexts}/c1`))).toBe('ResourceNotFound');
  });

  test('§5.12 a rule demands only what exists and is published', async () => {
    expect(outcome(await admin.patch(`${contexts}/c2`, { displayName: 'Not yet' }))).toBe('204');
    expect(outcome(await demand({ isEnabled: true, claimValue: 'c3' }))).toBe('InvalidPolicyRule');
    expect(outcome(await demand({ isEnabled: true, claimValue: 'c2' }))).toBe('InvalidPolicyRule');
    expect(outcome(await demand({ isEnabled: false, claimValue: 'c2' }))).toBe('204');
    expect(outcome(await demand({ isEnabled: true, claimValue: 'c1' }))).toBe('204');
  });

  test('§5.12 pain 37: an unmet context is a claims challenge, and a sign-in that meets it is let through', async () => {
    const refused = await askRole(person, 'active', 'selfActivate', person.id, hour);
    expect(outcome(refused)).toBe('RoleAssignmentRequestAcrsValidationFailed');
    const claims = decodeURIComponent(/claims=([^"]+)/.exec(String(refused.body['error']?.['message']))?.[1] ?? '');
    const header = /error="insufficient_claims", claims="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '');
    expect(atob(header?.[1] ?? '')).toBe(claims);
    const wanted = JSON.parse(claims) as { access_token: { acrs: { value: string } } };
    const other = await play.as('requestor', { mfa: true, acrs: ['c2'] });
    expect(outcome(await askRole(other, 'active', 'selfActivate', person.id, hour))).toMatch(/Acrs/);
    const strong = await play.as('requestor', { mfa: true, acrs: [wanted.access_token.acrs.value] });
    const dry = await askRole(strong, 'active', 'selfActivate', person.id, { ...hour, isValidationOnly: true });
    expect(outcome(dry)).toBe('201');
    expect(outcome(await askRole(strong, 'active', 'selfActivate', person.id, hour))).toBe('201');
    await play.move('PT1H');
  });

  test('§5.12 the MFA rule is another demand: a context alone does not meet it', async () => {
    const contextOnly = await play.as('requestor', { mfa: false, acrs: ['c1'] });
    const refused = await askRole(contextOnly, 'active', 'selfActivate', person.id, hour);
    expect(outcome(refused)).toBe('RoleAssignmentRequestPolicyValidationFailed');
    expect(refused.body['error']?.['message']).toMatch(/"MfaRule"/);
    const [, claims = ''] = /claims="(.*)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
    expect(JSON.parse(atob(claims))).toEqual({ access_token: { amr: { essential: true, values: ['mfa'] } } });
  });

  test('§5.12 what nobody publishes any more falls back to MFA', async () => {
    const enablement = await changeRule(admin, policy, 'Enablement_EndUser_Assignment', { enabledRules: [] });
    expect(outcome(enablement)).toBe('204');
    expect(outcome(await admin.delete(`${contexts}/c1`))).toBe('AuthenticationContextPublished');
    expect(outcome(await admin.patch(`${contexts}/c1`, { isAvailable: false }))).toBe('204');
    expect(outcome(await admin.delete(`${contexts}/c1`))).toBe('AuthenticationContextInUse');
    const weak = await play.as('requestor', { mfa: false });
    const refused = await askRole(weak, 'active', 'selfActivate', person.id, hour);
    expect(refused.body['error']?.['message']).toMatch(/"MfaRule"/);
    expect(outcome(await askRole(person, 'active', 'selfActivate', person.id, hour))).toBe('201');
    expect(outcome(await demand({ isEnabled: false }))).toBe('204');
    expect(outcome(await admin.delete(`${contexts}/c1`))).toBe('204');
    expect(outcome(await admin.delete(`${contexts}/c1`))).toBe('ResourceNotFound');
  });
});
