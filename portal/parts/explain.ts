import { ApiError } from '../api/errors.ts';
import { refusalWords } from '../words/refusals.ts';
import type { Speech } from '../words/use-words.ts';

/** A failure in words. */
export interface Explained {
  /** What happened and what to do, in the person's language. */
  readonly text: string;
  /** What the server said of the case at hand, where that is more. */
  readonly details: string | null;
}

/**
 * What happened and what to do, for a person: by the code of the refusal, which is stable; the server's own sentence
 * names what is wrong in this case.
 */
export function explain(fault: unknown, t: Speech['t']): Explained {
  if (!(fault instanceof ApiError)) return { text: t('parts.error.fault'), details: null };
  const words = refusalWords(fault.code);
  const rules = failedRules(fault);
  if (rules.length > 0)
    return { text: t('parts.rules'), details: rules.map((rule) => t(`parts.rule.${rule}`)).join('; ') };
  if (words !== null) return { text: words, details: detailsOf(fault, words) };
  if (fault.code === 'Unreachable') return { text: t('parts.error.unreachable'), details: null };
  if (fault.status === 429) return { text: t('parts.error.busy'), details: null };
  if (fault.status >= 500) return { text: t('parts.error.fault'), details: null };
  return { text: fault.message, details: null };
}

/** The rules of PIM that a message can name. */
const rules = ['EligibilityRule', 'ExpirationRule', 'MfaRule', 'JustificationRule', 'TicketingRule'] as const;

/** Which rules of PIM failed: the message has their names and no words. */
function failedRules({ code, message }: ApiError) {
  return code === 'RoleAssignmentRequestPolicyValidationFailed' ? rules.filter((rule) => message.includes(rule)) : [];
}

/** Where somebody may not do a thing at all, there is nothing more to say of the case. */
function detailsOf({ code, message }: ApiError, words: string): string | null {
  return code === 'Authorization_RequestDenied' || message === '' || message === words ? null : message;
}

/** The same in one line, for a list. */
export function explainInOneLine(fault: unknown, t: Speech['t']): string {
  const { text, details } = explain(fault, t);
  return details === null ? text : `${text} (${details})`;
}
