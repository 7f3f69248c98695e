import { Button, Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  AddRegular,
  ArrowDownRegular,
  ArrowUpRegular,
  DeleteRegular,
  QuestionCircleRegular,
} from '@fluentui/react-icons';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/page.tsx';
import { useWords } from '../../words/use-words.ts';
import type { ChoiceDraft, QuestionDraft } from './draft.ts';
import { usePolicyForm } from './form.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}` },
  choices: { display: 'grid', gap: tokens.spacingVerticalS },
  choice: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'end', '& > :first-child': { flexGrow: 1 } },
});

const blank: QuestionDraft = {
  kind: 'short',
  text: '',
  isRequired: true,
  isAnswerEditable: true,
  regexPattern: '',
  isMultipleSelectionAllowed: false,
  choices: [],
  localizations: [],
};

/** What requestors are asked, in their order. */
export function QuestionsPart() {
  const { t } = useWords();
  const form = usePolicyForm();
  const { questions } = form.draft;
  const set = (next: readonly QuestionDraft[]) => form.change({ questions: next });
  return (
    <>
      {questions.length === 0 ? (
        <Empty icon={<QuestionCircleRegular />} title={t('policy.noQuestions')} text={t('policy.noQuestionsText')} />
      ) : null}
      {questions.map((question, index) => (
        <QuestionPart
          // biome-ignore lint/suspicious/noArrayIndexKey: a new question has no id yet, only its place
          key={index}
          index={index}
          question={question}
          count={questions.length}
          change={(part) => set(questions.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          remove={() => set(questions.filter((_, at) => at !== index))}
          move={(by) => set(moved(questions, index, by))}
        />
      ))}
      <div>
        <Button icon={<AddRegular />} onClick={() => set([...questions, blank])}>
          {t('policy.addQuestion')}
        </Button>
      </div>
    </>
  );
}

function moved(questions: readonly QuestionDraft[], index: number, by: -1 | 1): readonly QuestionDraft[] {
  const next = [...questions];
  const [one] = next.splice(index, 1);
  if (one !== undefined) next.splice(index + by, 0, one);
  return next;
}

interface Props {
  readonly index: number;
  readonly count: number;
  readonly question: QuestionDraft;
  change(part: Partial<QuestionDraft>): void;
  remove(): void;
  move(by: -1 | 1): void;
}

function QuestionPart({ index, count, question, change, remove, move }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const form = usePolicyForm();
  const path = `questions/${index}`;
  const number = index + 1;
  return (
    <Section
      title={t('policy.question', { number })}
      actions={
        <>
          <Button
            appearance="subtle"
            icon={<ArrowUpRegular />}
            aria-label={t('policy.questionUp', { number })}
            disabledFocusable={index === 0}
            onClick={() => move(-1)}
          />
          <Button
            appearance="subtle"
            icon={<ArrowDownRegular />}
            aria-label={t('policy.questionDown', { number })}
            disabledFocusable={index === count - 1}
            onClick={() => move(1)}
          />
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={t('policy.questionRemove', { number })}
            onClick={remove}
          />
        </>
      }
    >
      <Field label={t('policy.questionText')} required validationMessage={form.said(`${path}/text`)}>
        <Input value={question.text} maxLength={1024} onChange={(_event, { value }) => change({ text: value })} />
      </Field>
      <Choice
        label={t('policy.answerFormat')}
        value={question.kind}
        options={(['short', 'long', 'choice'] as const).map((value) => ({ value, name: t(`policy.format.${value}`) }))}
        change={(kind) =>
          change({ kind, ...(kind === 'choice' && question.choices.length === 0 ? { choices: twoChoices } : {}) })
        }
      />
      {question.kind === 'choice' ? (
        <Choices question={question} path={path} change={change} />
      ) : (
        <Field
          label={t('policy.pattern')}
          hint={t('policy.patternHint')}
          validationMessage={form.said(`${path}/regexPattern`)}
        >
          <Input
            value={question.regexPattern}
            maxLength={512}
            spellCheck={false}
            onChange={(_event, { value }) => change({ regexPattern: value })}
          />
        </Field>
      )}
      <div className={styles.line}>
        <Checkbox
          label={t('policy.isRequired')}
          checked={question.isRequired}
          onChange={(_event, { checked }) => change({ isRequired: checked === true })}
        />
        <Checkbox
          label={t('policy.isEditable')}
          checked={question.isAnswerEditable}
          onChange={(_event, { checked }) => change({ isAnswerEditable: checked === true })}
        />
        {question.kind === 'choice' ? (
          <Checkbox
            label={t('policy.severalChoices')}
            checked={question.isMultipleSelectionAllowed}
            onChange={(_event, { checked }) => change({ isMultipleSelectionAllowed: checked === true })}
          />
        ) : null}
      </div>
    </Section>
  );
}

const noChoice: ChoiceDraft = { actualValue: '', text: '' };
const twoChoices = [noChoice, noChoice];

function Choices({ question, path, change }: Pick<Props, 'question' | 'change'> & { readonly path: string }) {
  const styles = useStyles();
  const { t } = useWords();
  const form = usePolicyForm();
  const { choices } = question;
  const set = (next: readonly ChoiceDraft[]) => change({ choices: next });
  const fault = form.said(`${path}/choices`);
  return (
    <div className={styles.choices}>
      {choices.map((choice, index) => {
        const number = index + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: choices are told apart by their place while they are written
          <div key={index} className={styles.choice}>
            <Field label={t('policy.choice', { number })} required>
              <Input
                value={choice.text}
                maxLength={256}
                onChange={(_event, { value }) =>
                  set(choices.map((one, at) => (at === index ? { actualValue: value, text: value } : one)))
                }
              />
            </Field>
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={t('policy.choiceRemove', { number })}
              disabledFocusable={choices.length === 1}
              onClick={() => set(choices.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      {fault === undefined ? null : (
        <Field validationMessage={fault}>
          <Text />
        </Field>
      )}
      <div>
        <Button size="small" icon={<AddRegular />} onClick={() => set([...choices, noChoice])}>
          {t('policy.addChoice')}
        </Button>
      </div>
    </div>
  );
}
