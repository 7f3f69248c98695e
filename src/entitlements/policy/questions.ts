import { RE2JS } from 're2js';
import { accept, type Outcome, type Refused } from '../../kernel/outcome.ts';
import { wrong } from '../refusals.ts';
import type { QuestionDocument } from './document.ts';

/** `accessPackageAnswerString`, as it is sent and kept. */
export interface Answer {
  readonly '@odata.type': '#microsoft.graph.accessPackageAnswerString';
  readonly value: string;
  readonly displayValue: string | null;
  readonly answeredQuestion: { readonly '@odata.type': string; readonly id: string };
}

/** An answer as it comes in. */
export interface SentAnswer {
  readonly value?: string | null;
  readonly displayValue?: string | null;
  readonly answeredQuestion?: { readonly id?: string } | null;
}

const longestAnswer = 4096;

/** Steps of a pattern, all repetitions written out: each may cost as much time as the answer is long. */
const longestProgram = 1_000;

/**
 * Compiles a question's pattern; null if it is none. RE2 runs in time linear in the answer and in the steps of the
 * pattern, which are bounded too, so that no pattern can hold up the server. It knows neither look-around nor back
 * references.
 */
function compile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

/** What is wrong with a question's pattern; null if nothing. */
function patternFault(pattern: string | null): string | null {
  if (!pattern) return null;
  const compiled = compile(pattern);
  if (compiled === null) {
    return 'This is no regular expression of the RE2 syntax (which has no look-around and no back references).';
  }
  return compiled.programSize() <= longestProgram
    ? null
    : `The pattern has more than ${longestProgram} steps, all repetitions written out. Ask for less exactly.`;
}

/** Whether questions can be asked. Refuses with `QuestionNotValid` (400), naming the question. */
export function checkQuestions(questions: readonly QuestionDocument[]): Outcome<void> {
  return questionFaults(questions)[0] ?? accept(undefined);
}

/** What is wrong with questions: one fault a question at most, those of `checkQuestions`. */
export function questionFaults(questions: readonly QuestionDocument[]): Refused[] {
  const ids = new Set<string>();
  return questions.flatMap((question, index) => {
    const isDouble = ids.has(question.id);
    ids.add(question.id);
    const path = `questions/${index}`;
    if (isDouble) return [wrong('QuestionNotValid', 'Two questions have the same id.', `${path}/id`)];
    const fault = patternFault(question.regexPattern ?? null);
    if (fault !== null) return [wrong('QuestionNotValid', fault, `${path}/regexPattern`)];
    const values = (question.choices ?? []).map((choice) => choice.actualValue);
    if (new Set(values).size === values.length) return [];
    return [wrong('QuestionNotValid', 'Two choices have the same value.', `${path}/choices`)];
  });
}

/**
 * Checks answers against the questions of a policy. Refuses with `QuestionUnknown`, `AnswerRequired` or
 * `AnswerNotValid` (400). A pattern must match the whole answer, as HTML's `pattern` does.
 */
export function checkAnswers(
  questions: readonly QuestionDocument[],
  sent: readonly SentAnswer[],
): Outcome<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const [index, one] of sent.entries()) {
    const path = `answers/${index}`;
    const id = one.answeredQuestion?.id?.toLowerCase();
    const question = questions.find((candidate) => candidate.id === id);
    if (question === undefined) {
      return wrong('QuestionUnknown', 'The policy has no such question.', `${path}/answeredQuestion/id`);
    }
    if (answers.some((other) => other.answeredQuestion.id === id)) {
      return wrong('AnswerNotValid', 'The same question is answered twice.', `${path}/answeredQuestion/id`);
    }
    const value = (one.value ?? '').trim();
    if (value === '') continue;
    const fault = faultOf(question, value);
    if (fault !== null) return wrong('AnswerNotValid', fault, `${path}/value`);
    answers.push({
      '@odata.type': '#microsoft.graph.accessPackageAnswerString',
      value,
      displayValue: one.displayValue ?? value,
      answeredQuestion: { '@odata.type': question['@odata.type'], id: question.id },
    });
  }
  const missing = questions.find(
    (question) => question.isRequired && !answers.some((answer) => answer.answeredQuestion.id === question.id),
  );
  if (missing !== undefined) {
    return wrong('AnswerRequired', `The question "${missing.text}" (${missing.id}) must be answered.`, 'answers');
  }
  return accept(answers);
}

/** What is wrong with an answer; null if nothing. Several choices are sent as one string, parted by commas. */
function faultOf(question: QuestionDocument, value: string): string | null {
  if (value.length > longestAnswer) return `An answer has at most ${longestAnswer} characters.`;
  if (question.choices !== undefined) {
    const known = new Set(question.choices.map((choice) => choice.actualValue));
    const chosen = question.isMultipleSelectionAllowed === true && !known.has(value) ? value.split(',') : [value];
    const unknown = chosen.find((one) => !known.has(one.trim()));
    return unknown === undefined ? null : `"${unknown.trim()}" is not one of the choices.`;
  }
  if (question.isSingleLineQuestion === true && /[\r\n]/.test(value)) return 'The answer must be a single line.';
  if (!question.regexPattern) return null;
  return compile(question.regexPattern)?.matches(value) === true
    ? null
    : `The answer does not match the pattern ${question.regexPattern}.`;
}

/** The answers that hold after several rounds of them, the earliest first: to each question the last. */
export function mergedAnswers(rounds: readonly (readonly Answer[])[]): Answer[] {
  const last = new Map(rounds.flat().map((answer) => [answer.answeredQuestion.id, answer]));
  return [...last.values()];
}

/**
 * Whether answers may be changed: where the question lets them (`isAnswerEditable`), or nothing has been answered yet
 * (Microsoft: of attributes that are not editable, an empty one may be filled, and not changed after that).
 * Refuses with `AnswerNotEditable` (400).
 */
export function checkEditing(
  questions: readonly QuestionDocument[],
  before: readonly Answer[],
  answers: readonly Answer[],
): Outcome<void> {
  for (const { answeredQuestion, value } of answers) {
    const question = questions.find(({ id }) => id === answeredQuestion.id);
    const given = before.find((one) => one.answeredQuestion.id === answeredQuestion.id)?.value ?? value;
    if (question?.isAnswerEditable === false && given !== value) {
      const message = `The answer to "${question.text}" cannot be changed once it is given. Ask an administrator.`;
      return wrong('AnswerNotEditable', message, 'answers');
    }
  }
  return accept(undefined);
}
