import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { PolicyBody } from './contract.ts';
import { documentOf } from './document.ts';
import { type AssignmentPolicy, type admits, applicable } from './model.ts';
import { checkAnswers } from './questions.ts';
import { checkPolicy, namedIn } from './rules.ts';
import { stagesOf } from './stages.ts';

const userId = newId();
const groupId = newId();
const graph = '#microsoft.graph.';
const user = { '@odata.type': `${graph}singleUser`, userId } as const;
const group = { '@odata.type': `${graph}groupMembers`, groupId } as const;
const manager = { '@odata.type': `${graph}requestorManager`, managerLevel: 1 } as const;
const sponsors = { '@odata.type': `${graph}internalSponsors` } as const;
type Stage = NonNullable<NonNullable<PolicyBody['requestApprovalSettings']>['stages']>[number];

const base: PolicyBody = { displayName: 'Policy', allowedTargetScope: 'allMemberUsers' };
const stage = (changes: Stage = {}): Stage => ({
  durationBeforeAutomaticDenial: 'P1D',
  primaryApprovers: [user],
  ...changes,
});
const approval = (...stages: Stage[]): PolicyBody => ({
  ...base,
  requestApprovalSettings: { isApprovalRequiredForAdd: true, stages },
});
const text = (changes: object): PolicyBody => ({
  ...base,
  questions: [{ '@odata.type': `${graph}accessPackageTextInputQuestion`, text: 'Ticket', ...changes }],
});

test('stages that are sent count unless it is said that they do not', () => {
  const required = (settings: object) =>
    documentOf({ ...base, requestApprovalSettings: settings }, newId).requestApprovalSettings.isApprovalRequiredForAdd;
  expect(required({ stages: [stage()] })).toBe(true);
  expect(required({ stages: [stage()], isApprovalRequiredForAdd: false })).toBe(false);
  expect(required({})).toBe(false);
});

describe('§1.1 §1.6 §1.10 §1.16 §2.1 a policy is refused', () => {
  const cases: [string, PolicyBody, string, string][] = [
    ['without a name', { allowedTargetScope: 'allMemberUsers' }, 'PropertyRequired', 'displayName'],
    [
      'for everyone outside, without approval',
      { ...base, allowedTargetScope: 'allExternalUsers' },
      'ApprovalRequiredForOutsiders',
      'requestApprovalSettings/isApprovalRequiredForAdd',
    ],
    [
      'for applications',
      { ...base, allowedTargetScope: 'allDirectoryServicePrincipals' },
      'NotImplemented',
      'allowedTargetScope',
    ],
    [
      'for agents',
      { ...base, allowedTargetScope: 'allDirectoryAgentIdentities' },
      'NotImplemented',
      'allowedTargetScope',
    ],
    [
      'for people of an organization, and a user',
      { ...base, allowedTargetScope: 'specificConnectedOrganizationUsers', specificAllowedTargets: [user] },
      'TargetsNotValid',
      'specificAllowedTargets/0',
    ],
    [
      'for nobody in particular',
      { ...base, allowedTargetScope: 'specificDirectoryUsers' },
      'TargetsNotValid',
      'specificAllowedTargets',
    ],
    [
      'with targets that have no effect',
      { ...base, specificAllowedTargets: [user] },
      'TargetsNotValid',
      'specificAllowedTargets',
    ],
    [
      'for sponsors',
      { ...base, allowedTargetScope: 'specificDirectoryUsers', specificAllowedTargets: [user, sponsors] },
      'TargetsNotValid',
      'specificAllowedTargets/1',
    ],
    [
      'with four stages',
      approval(stage(), stage(), stage(), stage()),
      'StageCountNotValid',
      'requestApprovalSettings/stages',
    ],
    ['with approval by nobody', approval(), 'StageCountNotValid', 'requestApprovalSettings/stages'],
    [
      'with a stage without approvers',
      approval(stage({ primaryApprovers: [], fallbackPrimaryApprovers: [] })),
      'ApproversNotValid',
      'requestApprovalSettings/stages/0/primaryApprovers',
    ],
    [
      'with the manager as fallback',
      approval(stage({ fallbackPrimaryApprovers: [manager] })),
      'ApproversNotValid',
      'requestApprovalSettings/stages/0/fallbackPrimaryApprovers/0',
    ],
    [
      'with the manager in two stages',
      approval(stage({ primaryApprovers: [manager] }), stage({ primaryApprovers: [manager] })),
      'ApproversNotValid',
      'requestApprovalSettings/stages',
    ],
    [
      'with less than a day',
      approval(stage({ durationBeforeAutomaticDenial: 'PT23H' })),
      'DecisionTimeNotValid',
      'requestApprovalSettings/stages/0/durationBeforeAutomaticDenial',
    ],
    [
      'with more than 14 days',
      approval(stage(), stage({ durationBeforeAutomaticDenial: 'P15D' })),
      'DecisionTimeNotValid',
      'requestApprovalSettings/stages/1/durationBeforeAutomaticDenial',
    ],
    [
      'with requests on behalf, and nobody to make them',
      { ...base, requestorSettings: { enableOnBehalfRequestorsToAddAccess: true } },
      'OnBehalfRequestorsNotValid',
      'requestorSettings/onBehalfRequestors',
    ],
    [
      'with sponsors who ask on behalf',
      { ...base, requestorSettings: { onBehalfRequestors: [{ '@odata.type': '#microsoft.graph.internalSponsors' }] } },
      'OnBehalfRequestorsNotValid',
      'requestorSettings/onBehalfRequestors/0',
    ],
    [
      'with automatic requests, and no rule to follow',
      { ...base, automaticRequestSettings: { requestAccessForAllowedTargets: true } },
      'AutomaticPolicyNotValid',
      'specificAllowedTargets',
    ],
    ['with reviews', { ...base, reviewSettings: { isEnabled: true } }, 'NotImplemented', 'reviewSettings/isEnabled'],
    [
      'with custom extensions',
      { ...base, customExtensionStageSettings: [{}] },
      'NotImplemented',
      'customExtensionStageSettings',
    ],
    [
      'with an end that is not said',
      { ...base, expiration: { type: 'afterDateTime' } },
      'ExpirationNotValid',
      'expiration/endDateTime',
    ],
    [
      'with a length that is not said',
      { ...base, expiration: { type: 'afterDuration' } },
      'ExpirationNotValid',
      'expiration/duration',
    ],
    [
      'with a length of nothing',
      { ...base, expiration: { type: 'afterDuration', duration: 'PT0S' } },
      'ExpirationNotValid',
      'expiration/duration',
    ],
    [
      'with more than ten years',
      { ...base, expiration: { type: 'afterDuration', duration: 'P3661D' } },
      'ExpirationNotValid',
      'expiration/duration',
    ],
    ['with a broken pattern', text({ regexPattern: '(' }), 'QuestionNotValid', 'questions/0/regexPattern'],
    [
      'with a pattern that looks around',
      text({ regexPattern: '(?=a)b' }),
      'QuestionNotValid',
      'questions/0/regexPattern',
    ],
  ];
  test.each(cases)('%s', (_name, body, code, target) => {
    expect(checkPolicy(documentOf(body, newId))).toMatchObject({
      is: 'refused',
      refusal: { kind: code === 'NotImplemented' ? 'notImplemented' : 'invalid', code, target },
    });
  });
});

describe('a policy', () => {
  test('of the seed is taken, and names whom it names', () => {
    const body: PolicyBody = {
      ...approval(
        stage({ primaryApprovers: [manager], fallbackPrimaryApprovers: [user] }),
        stage({ primaryApprovers: [group] }),
      ),
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: [group],
      expiration: { type: 'afterDuration', duration: 'PT8H' },
    };
    const document = documentOf(body, newId);
    expect(checkPolicy(document)).toMatchObject({ is: 'accepted' });
    expect(namedIn(document).map((one) => one.path)).toEqual([
      'specificAllowedTargets/0/groupId',
      'requestApprovalSettings/stages/0/fallbackPrimaryApprovers/0/userId',
      'requestApprovalSettings/stages/1/primaryApprovers/0/groupId',
    ]);
    expect(stagesOf(document, newId)).toMatchObject([
      { primary: [{ is: 'manager', level: 1 }], fallback: [{ is: 'user', userId }], decisionTime: 'P1D' },
      { primary: [{ is: 'group', groupId }], fallback: [] },
    ]);
  });

  test('is given back as it was sent, with the rest filled in', () => {
    const sent = stage({ durationBeforeAutomaticDenial: 'P2D', approverInformationVisibility: 'visible' });
    expect(documentOf(approval(sent), newId)).toMatchObject({
      requestApprovalSettings: { stages: [{ ...sent, isEscalationEnabled: false, escalationApprovers: [] }] },
      notificationSettings: { isAssignmentNotificationDisabled: false },
      questions: [],
    });
  });

  const policy = (id: string, changes: PolicyBody): AssignmentPolicy => {
    const at = Temporal.Instant.from('2027-01-04T12:00:00Z');
    const settings = { requestorSettings: { enableTargetsToSelfAddAccess: true } };
    return {
      id,
      packageId: 'package',
      document: documentOf({ ...base, ...settings, ...changes }, newId),
      allowsSameApproverInSeveralStages: false,
      createdAt: at,
      modifiedAt: at,
      authorId: null,
    };
  };
  const specific = policy('specific', {
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [user, group],
  });
  const members = policy('members', { allowedTargetScope: 'allMemberUsers' });
  const everyone = policy('everyone', { allowedTargetScope: 'allDirectoryUsers' });
  const administrators = policy('administrators', { allowedTargetScope: 'notSpecified' });
  const all = [everyone, members, specific, administrators];
  const idsFor = (person: Parameters<typeof admits>[1]) => applicable(all, person).map((one) => one.id);

  test('§1.17 counts before another by how specific it is', () => {
    expect(idsFor({ userId, isMember: true, groupIds: new Set() })).toEqual(['specific']);
    expect(idsFor({ userId: newId(), isMember: true, groupIds: new Set([groupId]) })).toEqual(['specific']);
    expect(idsFor({ userId: newId(), isMember: true, groupIds: new Set() })).toEqual(['members']);
    expect(idsFor({ userId: newId(), isMember: false, groupIds: new Set() })).toEqual(['everyone']);
  });

  test('§1.15 is closed to requests unless it says otherwise', () => {
    const shut = policy('shut', { requestorSettings: { enableTargetsToSelfAddAccess: false } });
    expect(applicable([shut], { userId, isMember: true, groupIds: new Set() })).toEqual([]);
  });
});

describe('answers', () => {
  const body: PolicyBody = {
    ...base,
    questions: [
      {
        '@odata.type': `${graph}accessPackageTextInputQuestion`,
        text: 'Ticket',
        isRequired: true,
        regexPattern: 'CHG[0-9]{4}',
        isSingleLineQuestion: true,
      },
      {
        '@odata.type': `${graph}accessPackageMultipleChoiceQuestion`,
        text: 'Where',
        isMultipleSelectionAllowed: true,
        choices: [{ actualValue: 'EU' }, { actualValue: 'US' }],
      },
      {
        '@odata.type': `${graph}accessPackageMultipleChoiceQuestion`,
        text: 'When',
        choices: [{ actualValue: 'now' }, { actualValue: 'later' }],
      },
    ],
  };
  const { questions } = documentOf(body, newId);
  const answer = (index: number, value: string) => ({ value, answeredQuestion: { id: questions[index]?.id ?? '' } });
  const ticket = answer(0, 'CHG0042');

  const cases: [string, ReturnType<typeof answer>[], string][] = [
    ['left out', [], 'AnswerRequired'],
    ['empty', [answer(0, '  ')], 'AnswerRequired'],
    ['not of the pattern', [answer(0, 'xCHG0042')], 'AnswerNotValid'],
    ['too long for any pattern', [answer(0, 'a'.repeat(5000))], 'AnswerNotValid'],
    ['twice', [ticket, ticket], 'AnswerNotValid'],
    ['to no question', [ticket, { value: 'x', answeredQuestion: { id: newId() } }], 'QuestionUnknown'],
    ['none of the choices', [ticket, answer(2, 'never')], 'AnswerNotValid'],
    ['several choices where one is allowed', [ticket, answer(2, 'now,later')], 'AnswerNotValid'],
  ];
  test.each(cases)('%s are refused', (_name, answers, code) => {
    expect(checkAnswers(questions, answers)).toMatchObject({ refusal: { code } });
  });

  test('§1.11 that fit are kept, several choices as one', () => {
    const outcome = checkAnswers(questions, [ticket, answer(1, 'EU, US'), answer(2, 'now')]);
    expect(outcome).toMatchObject({
      value: [{ value: 'CHG0042', displayValue: 'CHG0042' }, { value: 'EU, US' }, { value: 'now' }],
    });
  });
});
