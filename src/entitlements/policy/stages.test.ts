import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { PolicyBody } from './contract.ts';
import { documentOf } from './document.ts';
import { checkPolicy } from './rules.ts';
import { stagesOf } from './stages.ts';

const graph = '#microsoft.graph.';
const userId = newId();
const groupId = newId();
const user = { '@odata.type': `${graph}singleUser`, userId } as const;
const deputy = { '@odata.type': `${graph}singleUser`, userId: newId() } as const;
const group = { '@odata.type': `${graph}groupMembers`, groupId } as const;
const manager = { '@odata.type': `${graph}requestorManager`, managerLevel: 1 } as const;
const secondManager = { '@odata.type': `${graph}requestorManager`, managerLevel: 2 } as const;
const internal = { '@odata.type': `${graph}internalSponsors` } as const;
const external = { '@odata.type': `${graph}externalSponsors` } as const;
const sponsors = { '@odata.type': `${graph}targetUserSponsors` } as const;
const targetManager = { '@odata.type': `${graph}targetManager`, managerLevel: 1 } as const;

type Stage = NonNullable<NonNullable<PolicyBody['requestApprovalSettings']>['stages']>[number];

const escalating: Stage = {
  durationBeforeAutomaticDenial: 'P4D',
  primaryApprovers: [user],
  isEscalationEnabled: true,
  durationBeforeEscalation: 'P1D',
  escalationApprovers: [deputy],
};

function documentWith(...stages: Stage[]) {
  const body: PolicyBody = {
    displayName: 'Policy',
    allowedTargetScope: 'allMemberUsers',
    requestApprovalSettings: { isApprovalRequiredForAdd: true, stages },
  };
  return documentOf(body, newId);
}

function faultOf(...stages: Stage[]): [string, string | undefined] {
  const outcome = checkPolicy(documentWith(...stages));
  return outcome.is === 'accepted' ? ['accepted', undefined] : [outcome.refusal.code, outcome.refusal.target];
}

describe('§1.6 a stage with alternates is refused', () => {
  const at = (property: string) => `requestApprovalSettings/stages/0/${property}`;
  const cases: [string, Stage, string, string][] = [
    [
      'with less than four days to decide',
      { durationBeforeAutomaticDenial: 'PT95H' },
      'EscalationDecisionTimeTooShort',
      'durationBeforeAutomaticDenial',
    ],
    [
      'when they are asked within a day',
      { durationBeforeEscalation: 'PT23H59M' },
      'EscalationTooEarly',
      'durationBeforeEscalation',
    ],
    [
      'when they are asked at once',
      { durationBeforeEscalation: 'PT0S' },
      'EscalationTooEarly',
      'durationBeforeEscalation',
    ],
    [
      'when they are asked as the time ends',
      { durationBeforeEscalation: 'P4D' },
      'EscalationTooLate',
      'durationBeforeEscalation',
    ],
    ['when it is not said when', { durationBeforeEscalation: null }, 'PropertyRequired', 'durationBeforeEscalation'],
    ['when there are none', { escalationApprovers: [] }, 'EscalationApproversRequired', 'escalationApprovers'],
    [
      'when the second manager may be missing',
      { primaryApprovers: [manager], escalationApprovers: [secondManager] },
      'FallbackApproversRequired',
      'fallbackEscalationApprovers',
    ],
    [
      'when sponsors may be missing',
      { escalationApprovers: [sponsors] },
      'FallbackApproversRequired',
      'fallbackEscalationApprovers',
    ],
    [
      'when they are the manager who is asked already',
      { primaryApprovers: [manager], escalationApprovers: [manager], fallbackEscalationApprovers: [user] },
      'ApproversNotValid',
      'escalationApprovers',
    ],
    [
      'with a kind that cannot approve',
      { escalationApprovers: [targetManager] },
      'ApproversNotValid',
      'escalationApprovers/0',
    ],
    [
      'with the manager in an alternate’s stead',
      { fallbackEscalationApprovers: [manager] },
      'ApproversNotValid',
      'fallbackEscalationApprovers/0',
    ],
  ];
  test.each(cases)('%s', (_name, changes, code, property) => {
    expect(faultOf({ ...escalating, ...changes })).toEqual([code, at(property)]);
  });
});

test('a stage with alternates is taken at its bounds', () => {
  expect(faultOf(escalating)).toEqual(['accepted', undefined]);
  expect(faultOf({ ...escalating, durationBeforeEscalation: 'PT95H59M59S' })).toEqual(['accepted', undefined]);
  const second = { ...escalating, primaryApprovers: [manager], escalationApprovers: [secondManager] };
  expect(faultOf({ ...second, fallbackEscalationApprovers: [group] })).toEqual(['accepted', undefined]);
});

test('what is said of escalation without switching it on binds nobody', () => {
  const off = { ...escalating, isEscalationEnabled: false, durationBeforeAutomaticDenial: 'P1D' };
  expect(faultOf(off)).toEqual(['accepted', undefined]);
  expect(stagesOf(documentWith(off), newId)[0]).not.toHaveProperty('escalation');
});

describe('relations', () => {
  const day = { durationBeforeAutomaticDenial: 'P1D' };
  test.each([
    ['managers', { ...day, primaryApprovers: [manager] }],
    ['internal sponsors', { ...day, primaryApprovers: [internal], fallbackPrimaryApprovers: [user] }],
    ['sponsors of the target', { ...day, primaryApprovers: [sponsors], fallbackPrimaryApprovers: [user] }],
  ] as [string, Stage][])('%s approve in one stage only', (_name, stage) => {
    expect(faultOf(stage)).toEqual(['accepted', undefined]);
    expect(faultOf(stage, { ...day, primaryApprovers: [user] }, stage)[0]).toBe('ApproversNotValid');
  });

  test('a manager as alternate counts too', () => {
    const alternate = { ...escalating, escalationApprovers: [secondManager], fallbackEscalationApprovers: [user] };
    expect(faultOf({ ...day, primaryApprovers: [manager] }, alternate)[0]).toBe('ApproversNotValid');
  });

  test('sponsors need a user or a group beside them', () => {
    for (const set of [internal, external, sponsors]) {
      expect(faultOf({ ...day, primaryApprovers: [set] })[0]).toBe('FallbackApproversRequired');
      expect(faultOf({ ...day, primaryApprovers: [set], fallbackPrimaryApprovers: [internal] })[0]).toBe(
        'FallbackApproversRequired',
      );
      expect(faultOf({ ...day, primaryApprovers: [set, group] })[0]).toBe('accepted');
    }
  });
});

test('pain 29: every kind of approver in every place becomes a rule', () => {
  const kinds = [user, group, internal, external, sponsors];
  const stage: Stage = {
    ...escalating,
    primaryApprovers: [...kinds, manager],
    fallbackPrimaryApprovers: kinds,
    escalationApprovers: [...kinds, secondManager],
    fallbackEscalationApprovers: kinds,
  };
  expect(faultOf(stage)).toEqual(['accepted', undefined]);
  const rules = [
    { is: 'user', userId },
    { is: 'group', groupId },
    { is: 'connectedSponsors', side: 'internal' },
    { is: 'connectedSponsors', side: 'external' },
    { is: 'sponsors' },
  ];
  expect(stagesOf(documentWith(stage), newId)).toMatchObject([
    {
      primary: [...rules, { is: 'manager', level: 1 }],
      fallback: rules,
      decisionTime: 'P4D',
      escalation: { after: 'P1D', alternates: [...rules, { is: 'manager', level: 2 }], fallback: rules },
    },
  ]);
});
