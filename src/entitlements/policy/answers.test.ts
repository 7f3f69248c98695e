import { expect, test } from 'vitest';
import type { QuestionDocument } from './document.ts';
import { type Answer, checkAnswers, checkEditing, checkQuestions, mergedAnswers } from './questions.ts';

const type = '#microsoft.graph.accessPackageTextInputQuestion';
const question = (id: string, isAnswerEditable: boolean) =>
  ({ '@odata.type': type, id, text: id, isAnswerEditable }) as QuestionDocument;
const answer = (id: string, value: string): Answer => ({
  '@odata.type': '#microsoft.graph.accessPackageAnswerString',
  value,
  displayValue: value,
  answeredQuestion: { '@odata.type': type, id },
});
const questions = [question('free', true), question('fixed', false)];

test.each<[string, readonly Answer[], readonly Answer[], string | null]>([
  ['another answer where the question lets it', [answer('free', 'a')], [answer('free', 'b')], null],
  ['a first answer, wherever', [], [answer('fixed', 'a')], null],
  ['the same answer again', [answer('fixed', 'a')], [answer('fixed', 'a')], null],
  ['another answer where the question does not', [answer('fixed', 'a')], [answer('fixed', 'b')], 'AnswerNotEditable'],
])('%s', (_name, before, after, code) => {
  const outcome = checkEditing(questions, before, after);
  expect(outcome.is === 'refused' ? outcome.refusal.code : null).toBe(code);
});

test('of several answers to a question the last holds', () => {
  const rounds = [[answer('free', 'a'), answer('fixed', 'x')], [answer('free', 'b')]];
  expect(mergedAnswers(rounds).map(({ value }) => value)).toEqual(['b', 'x']);
});

// An engine that goes back and tries again would be at the first of these for longer than the sun shines.
test.each(['(a+)+b', '(a|a)*b', '(.*a){25}b', '([a-z]+)*\\d', '(x+x+)+y|(a*)*b'])(
  'no pattern holds anything up, however it is made: %s',
  (regexPattern) => {
    const asked = [{ ...question('code', true), regexPattern, isRequired: true }];
    expect(checkQuestions(asked)).toMatchObject({ is: 'accepted' });
    const sent = [{ value: 'a'.repeat(4096), answeredQuestion: { id: 'code' } }];
    expect(checkAnswers(asked, sent)).toMatchObject({ refusal: { code: 'AnswerNotValid' } });
  },
);

test.each([
  '(a?){1000}',
  '(\\p{L}?){300}',
  '(((a{100}){100}){100}){100}',
  '((a{1000}){1000}){1000}',
  '(?=a)b',
  '(a)\\1',
  '[',
])('a pattern that would grow beyond measure, or looks about, is no pattern: %s', (regexPattern) => {
  const asked = [{ ...question('code', true), regexPattern }];
  expect(checkQuestions(asked)).toMatchObject({ refusal: { code: 'QuestionNotValid' } });
});
