import { useMemo } from 'react';
import type { MessageKey } from '../../words/catalogue.ts';
import { inOneLine } from '../../words/refusals.ts';
import { useWords } from '../../words/use-words.ts';

/** Refusals that always mean the same, in words of the person's language; others say what their code means. */
const worded: Readonly<Record<string, MessageKey>> = {
  DecisionTimeNotValid: 'policy.fault.decisionTime',
  EscalationDecisionTimeTooShort: 'policy.fault.escalationDecisionTime',
  EscalationTooEarly: 'policy.fault.escalationEarly',
  EscalationTooLate: 'policy.fault.escalationLate',
  EscalationApproversRequired: 'policy.fault.escalationApprovers',
  FallbackApproversRequired: 'policy.fault.fallback',
  ApprovalRequiredForOutsiders: 'policy.fault.outsiders',
};

/** What to say about a refusal of a policy. */
export function useFaultWords() {
  const { t } = useWords();
  return useMemo(
    () =>
      ({ code, message }: { readonly code: string; readonly message: string }): string => {
        const key = worded[code];
        return key === undefined ? inOneLine({ code, message }) : t(key);
      },
    [t],
  );
}
