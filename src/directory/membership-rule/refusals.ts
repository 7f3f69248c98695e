import { type Refused, refuse } from '../../kernel/outcome.ts';

const target = 'membershipRule';

/** Entra's "Query compilation error": the text is not a rule, or a value does not fit. `at` counts from 0. */
export function compilationError(what: string, at: number): Refused {
  return refuse(
    'invalid',
    'MembershipRuleSyntaxError',
    `Query compilation error at character ${at + 1}: ${what}`,
    target,
  );
}

/** Entra's "Attribute not supported". */
export function attributeNotSupported(what: string, at: number): Refused {
  const message = `Attribute not supported, at character ${at + 1}: ${what}`;
  return refuse('invalid', 'MembershipRuleAttributeNotSupported', message, target);
}

/** Entra's "Operator isn't supported on attribute". */
export function operatorNotSupported(what: string, at: number): Refused {
  const message = `Operator isn't supported on attribute, at character ${at + 1}: ${what}`;
  return refuse('invalid', 'MembershipRuleOperatorNotSupported', message, target);
}

/** A regular expression that is well-formed elsewhere, but uses what Sallyport does not evaluate. */
export function patternNotSupported(what: string, at: number): Refused {
  const message = `Regular expression not supported, at character ${at + 1}: ${what}`;
  return refuse('invalid', 'MembershipRulePatternNotSupported', message, target);
}
