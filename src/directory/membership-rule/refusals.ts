import { type Refusal, type Refused, refuse } from '../../kernel/outcome.ts';

const target = 'membershipRule';

/** Entra's "Query compilation error": the text is not a rule, or a value does not fit. `at` counts from 0. */
export function compilationError(what: string, at: number): Refused {
  const message = `Query compilation error at character ${at + 1}: ${what}`;
  return placed(refuse('invalid', 'MembershipRuleSyntaxError', message, target), at);
}

/** Entra's "Attribute not supported". */
export function attributeNotSupported(what: string, at: number): Refused {
  const message = `Attribute not supported, at character ${at + 1}: ${what}`;
  return placed(refuse('invalid', 'MembershipRuleAttributeNotSupported', message, target), at);
}

/** Entra's "Operator isn't supported on attribute". */
export function operatorNotSupported(what: string, at: number): Refused {
  const message = `Operator isn't supported on attribute, at character ${at + 1}: ${what}`;
  return placed(refuse('invalid', 'MembershipRuleOperatorNotSupported', message, target), at);
}

/** A regular expression that is well-formed elsewhere, but uses what Sallyport does not evaluate. */
export function patternNotSupported(what: string, at: number): Refused {
  const message = `Regular expression not supported, at character ${at + 1}: ${what}`;
  return placed(refuse('invalid', 'MembershipRulePatternNotSupported', message, target), at);
}

function placed({ refusal }: { readonly refusal: Refusal }, position: number): Refused {
  return { is: 'refused', refusal: { ...refusal, position } };
}
