import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const beta = '/beta/groups';
const own = '/sallyport/membershipRules';

describe.each(databaseKinds)('membership rules before anybody follows them, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
  });
  afterAll(() => play?.close());

  const rule = '(user.jobTitle -eq "IT Administrator") -and (user.accountEnabled -eq true)';
  const isAdministrator = (value: string, expressionResult: boolean) => ({
    expression: 'user.jobTitle -eq "IT Administrator"',
    expressionResult,
    propertyToEvaluate: { propertyName: 'jobTitle', propertyValue: value },
    expressionEvaluationDetails: [],
  });

  test('Graph’s evaluateDynamicMembership says why, by a rule, by a group, and by a rule in place of the group’s', async () => {
    const memberId = play.idOf('requestor');
    const byRule = await admin.post(`${beta}/evaluateDynamicMembership`, { memberId, membershipRule: rule });
    expect([byRule.status, byRule.body]).toMatchObject([
      200,
      {
        membershipRule: rule,
        membershipRuleEvaluationResult: true,
        membershipRuleEvaluationDetails: {
          expressionResult: true,
          propertyToEvaluate: null,
          expressionEvaluationDetails: [isAdministrator('IT Administrator', true), { expressionResult: true }],
        },
      },
    ]);
    const groups = await admin.get(`/groups?$filter=displayName eq 'GRP-DYN-IT-Administrators'`);
    const id = String(groups.body['value']?.[0]?.['id']);
    const helpdesk = { memberId: play.idOf('helpdesk') };
    expect((await admin.post(`${beta}/${id}/evaluateDynamicMembership`, helpdesk)).body).toMatchObject({
      membershipRuleEvaluationResult: false,
      membershipRuleEvaluationDetails: isAdministrator('Helpdesk Agent', false),
    });
    const other = { ...helpdesk, membershipRule: 'user.department -eq "Support"' };
    expect((await admin.post(`${beta}/${id}/evaluateDynamicMembership`, other)).body).toMatchObject({
      membershipRule: other.membershipRule,
      membershipRuleEvaluationResult: true,
    });
  });

  test('what is no rule, nobody, or no group is refused by name', async () => {
    const memberId = play.idOf('requestor');
    const evaluate = async (path: string, body: object) => {
      const answer = await admin.post(`${beta}${path}/evaluateDynamicMembership`, body);
      return `${answer.status} ${answer.body['error']?.['code']}`;
    };
    expect(await evaluate('', { memberId, membershipRule: 'user.jobTitle' })).toBe('400 MembershipRuleSyntaxError');
    expect(await evaluate('', { memberId })).toBe('400 BadRequest');
    const gone = crypto.randomUUID();
    expect(await evaluate('', { memberId: gone, membershipRule: rule })).toBe('404 Request_ResourceNotFound');
    expect(await evaluate(`/${gone}`, { memberId })).toBe('404 Request_ResourceNotFound');
  });

  test('a text is validated while it is written, as lines of a builder and back', async () => {
    const validate = async (body: object) => (await admin.post(`${own}/validate`, body)).body;
    const lines = [
      { connector: null, property: 'user.jobTitle', operator: '-eq', values: ['IT Administrator'] },
      { connector: 'and', property: 'user.accountEnabled', operator: '-eq', values: ['true'] },
    ];
    const normalised = 'user.jobTitle -eq "IT Administrator" -and user.accountEnabled -eq true';
    const valid = { isValid: true, error: null, normalised, expressions: lines };
    expect(await validate({ membershipRule: rule })).toMatchObject(valid);
    expect(await validate({ expressions: lines })).toMatchObject(valid);
    expect(await validate({ membershipRule: 'user.jobTitel -eq "x"' })).toMatchObject({
      isValid: false,
      error: { code: 'MembershipRuleAttributeNotSupported', position: 0, expression: null },
      normalised: null,
      expressions: null,
    });
    expect(await validate({ membershipRule: '-not (user.city -eq "x")' })).toMatchObject({
      isValid: true,
      expressions: null,
    });
    const [first, second] = lines;
    expect(await validate({ expressions: [first, { ...second, operator: '-le' }] })).toMatchObject({
      isValid: false,
      error: { code: 'MembershipRuleOperatorNotSupported', position: null, expression: 1 },
    });
    for (const body of [{}, { membershipRule: rule, expressions: lines }]) {
      expect(await validate(body)).toMatchObject({ error: { code: 'BadRequest' } });
    }
  });

  test('a rule is tried on these people, or on everybody', async () => {
    const tryOn = async (body: object) => (await admin.post(`${own}/try`, body)).body;
    const userIds = ['helpdesk', 'requestor'].map((name) => play.idOf(name));
    expect(await tryOn({ membershipRule: rule, userIds: [...userIds, crypto.randomUUID()] })).toMatchObject({
      count: null,
      value: [
        {
          id: play.idOf('helpdesk'),
          displayName: 'Hal Helpdesk',
          isMember: false,
          details: { expressionEvaluationDetails: [isAdministrator('Helpdesk Agent', false), {}] },
        },
        { id: play.idOf('requestor'), userPrincipalName: 'requestor@sallyport.example', isMember: true },
      ],
    });
    const all = await tryOn({ membershipRule: rule });
    expect(all).toMatchObject({
      count: 2,
      value: [{ displayName: 'Cleo Colleague' }, { displayName: 'Rio Requestor' }],
    });
    const everybody = await tryOn({ membershipRule: 'user.userPrincipalName -ne null' });
    expect(Number(everybody['count'])).toBe((everybody['value'] as unknown as unknown[]).length);
    expect((await admin.post(`${own}/try`, { membershipRule: 'x' })).status).toBe(400);
  });

  test('properties are listed with what a builder needs', async () => {
    const { body } = await (await play.as('helpdesk')).get(`${own}/properties`);
    expect(body['expressionsAtMost']).toBe(5);
    expect(body['value']).toContainEqual({
      property: 'user.accountEnabled',
      type: 'boolean',
      operators: ['-eq', '-ne'],
    });
  });

  test('owners of a group may try rules for it, others without a right may not', async () => {
    const name = 'GRP-OWNED-DYN';
    const owner = await play.as('helpdesk');
    const made = await admin.post('/groups', {
      displayName: name,
      mailEnabled: false,
      mailNickname: name,
      securityEnabled: true,
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.city -eq "Nowhere"',
      membershipRuleProcessingState: 'On',
      'owners@odata.bind': [`https://graph.microsoft.com/v1.0/users/${owner.id}`],
    });
    const body = { membershipRule: rule, groupId: String(made.body['id']) };
    expect((await owner.post(`${own}/validate`, body)).status).toBe(200);
    expect((await owner.post(`${own}/try`, { ...body, userIds: [owner.id] })).status).toBe(200);
    expect((await owner.post(`${own}/try`, { membershipRule: rule })).status).toBe(403);
    const other = await play.as('colleague');
    expect((await other.post(`${own}/validate`, body)).status).toBe(403);
  });
});
