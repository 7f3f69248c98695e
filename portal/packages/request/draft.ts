import { useDraft } from '../../parts/use-draft.ts';
import type { Question, Requirements } from '../wire.ts';

/** What somebody has filled in to ask for a package. */
export interface Wish {
  /** Whether it is for somebody else. */
  readonly isForOther: boolean;
  /** For whom; `''` for oneself, and as long as nobody else is named. */
  readonly targetId: string;
  readonly targetName: string;
  /** By which policy; `''` as long as none is chosen. */
  readonly policyId: string;
  readonly justification: string;
  /** Answers by the ids of their questions. */
  readonly answers: Readonly<Record<string, string>>;
  /** Instants; `''` for what the policy says. */
  readonly start: string;
  readonly end: string;
}

const nothing: Wish = {
  isForOther: false,
  targetId: '',
  targetName: '',
  policyId: '',
  justification: '',
  answers: {},
  start: '',
  end: '',
};

/** What is being asked for, kept in this tab until it is sent. */
export function useWish(packageId: string) {
  return useDraft<Wish>(`request:${packageId}`, nothing);
}

/** The questions that have an answer, in the order in which the answers are sent. */
export function answered(wish: Wish, questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ id }) => (wish.answers[id] ?? '').trim() !== '');
}

/** The body of the request. Whoever asks for somebody else says so by its type. */
export function bodyOf(packageId: string, wish: Wish, requirements: Requirements): unknown {
  const answers = answered(wish, requirements.questions).map((question) => ({
    '@odata.type': '#microsoft.graph.accessPackageAnswerString',
    value: wish.answers[question.id],
    displayValue: displayOf(question, wish.answers[question.id] ?? ''),
    answeredQuestion: { '@odata.type': question['@odata.type'], id: question.id },
  }));
  const justification = wish.justification.trim();
  return {
    requestType: wish.targetId === '' ? 'userAdd' : 'onBehalfAdd',
    assignment: {
      accessPackageId: packageId,
      assignmentPolicyId: requirements.policyId,
      ...(wish.targetId === '' ? {} : { targetId: wish.targetId }),
    },
    ...(justification === '' ? {} : { justification }),
    ...(answers.length === 0 ? {} : { answers }),
    ...(wish.start === '' && wish.end === '' ? {} : { schedule: scheduleOf(wish) }),
  };
}

function scheduleOf({ start, end }: Wish) {
  return {
    ...(start === '' ? {} : { startDateTime: start }),
    ...(end === '' ? {} : { expiration: { type: 'afterDateTime', endDateTime: end } }),
  };
}

/** Choices are shown by their names; several are sent as one text, parted by commas. */
function displayOf({ choices }: Question, value: string): string {
  if (choices === undefined) return value;
  const nameOf = (one: string) => choices.find(({ actualValue }) => actualValue === one)?.text ?? one;
  return value.split(',').map(nameOf).join(', ');
}
