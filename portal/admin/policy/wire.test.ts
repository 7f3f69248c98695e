import { expect, test } from 'vitest';
import { newAutomaticPolicy, newPolicy, type PolicyDraft, type QuestionDraft } from './draft.ts';
import { bodyOf, draftOf, type Policy } from './wire.ts';

const question: QuestionDraft = {
  id: '9d5fe1a4-2f4e-4b62-a9f1-2c9b0a6c1a11',
  kind: 'short',
  text: 'Ticket',
  isRequired: true,
  isAnswerEditable: false,
  regexPattern: '^CHG$',
  isMultipleSelectionAllowed: false,
  choices: [],
  localizations: [],
};

const readBack = (draft: PolicyDraft) =>
  draftOf(bodyOf(draft, null) as unknown as Policy, draft.allowsSameApproverInSeveralStages);

test.each<[string, PolicyDraft]>([
  ['begins', newPolicy('One')],
  ['assigns by itself', newAutomaticPolicy('Rule')],
  [
    'asks',
    {
      ...newPolicy('Questions'),
      questions: [
        question,
        { ...question, kind: 'long', regexPattern: '' },
        {
          ...question,
          kind: 'choice',
          regexPattern: '',
          isMultipleSelectionAllowed: true,
          choices: [{ actualValue: 'Berlin', text: 'Berlin' }],
        },
      ],
    },
  ],
  ['never ends', { ...newPolicy('For ever'), expiration: { type: 'noExpiration', duration: '', endDateTime: '' } }],
  ['lets one person decide twice', { ...newPolicy('Same'), allowsSameApproverInSeveralStages: true }],
])('a policy that %s is read back as it was written', (_what, draft) => {
  expect(readBack(draft)).toEqual(draft);
});

test('stages without effect are not sent', () => {
  const policy = newPolicy('One');
  const off = { isApprovalRequiredForAdd: false, isApprovalRequiredForUpdate: false };
  const body = bodyOf({ ...policy, requestApprovalSettings: { ...policy.requestApprovalSettings, ...off } }, null);
  expect(body.requestApprovalSettings?.stages).toEqual([]);
});

test('what is half typed is not made up', () => {
  const policy = newPolicy('One');
  const [first] = policy.requestApprovalSettings.stages;
  const stages = first === undefined ? [] : [{ ...first, durationBeforeAutomaticDenial: '' }];
  const body = bodyOf({ ...policy, requestApprovalSettings: { ...policy.requestApprovalSettings, stages } }, 'id');
  expect(body.requestApprovalSettings?.stages?.[0]?.durationBeforeAutomaticDenial).toBe('PT0S');
  expect(body.accessPackage).toEqual({ id: 'id' });
});
