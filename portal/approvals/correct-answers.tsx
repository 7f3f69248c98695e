import { Button } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ApprovalCase } from '../../src/desk/approvals/contract.ts';
import { useSend } from '../api/queries.ts';
import { QuestionField } from '../packages/request/question-field.tsx';
import { entitlements, type Question } from '../packages/wire.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';

/** Puts answers right before deciding, where their questions let approvers do so. */
export function CorrectAnswers({ of: { id, answers } }: { readonly of: ApprovalCase }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const editable = answers.filter(({ isEditable }) => isEditable);
  const changed = editable.filter(({ questionId, value }) => {
    const now = typed[questionId];
    return now !== undefined && now.trim() !== '' && now !== (value ?? '');
  });
  const save = async () => {
    await send.mutateAsync({
      method: 'PATCH',
      path: `${entitlements}/assignmentRequests/${id}`,
      body: { answers: changed.map((one) => answerOf(one, typed[one.questionId] ?? '')) },
    });
    setTyped({});
    toast.done(t('approvals.correct.done'));
  };
  return (
    <Confirm
      trigger={
        <Button size="small" icon={<EditRegular />}>
          {t('approvals.correct')}
        </Button>
      }
      title={t('approvals.correct')}
      confirmLabel={t('parts.save')}
      isIncomplete={changed.length === 0}
      confirm={save}
    >
      <span>{t('approvals.correct.text')}</span>
      {editable.map(({ questionId, value, question }) => (
        <QuestionField
          key={questionId}
          question={question as Question}
          value={typed[questionId] ?? value ?? ''}
          change={(text) => setTyped({ ...typed, [questionId]: text })}
        />
      ))}
    </Confirm>
  );
}

function answerOf({ questionId, question }: ApprovalCase['answers'][number], value: string) {
  return {
    '@odata.type': '#microsoft.graph.accessPackageAnswerString',
    value: value.trim(),
    answeredQuestion: { '@odata.type': (question as Question)['@odata.type'], id: questionId },
  };
}
