import {
  anything,
  bool,
  enumOf,
  guid,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';
import { expressionsAtMost } from '../membership-rule/builder.ts';

// The rule's own limit (3072) is checked with its text, with a code of its own.
const ruleText = () => text({ maxLength: 20_000 });

const expression = shape({
  connector: nullable(enumOf(['and', 'or'])),
  property: required(text({ maxLength: 128 })),
  operator: required(text({ maxLength: 32 })),
  values: required(listOf(text({ maxLength: 1024 }), { maxItems: 100 })),
});

/** What is tried at most at once. */
export const usersAtMost = 50;

/** `POST /sallyport/membershipRules/validate`: a rule, or the lines of a builder. `groupId` for owners of that group. */
export const validationBody = shape({
  membershipRule: nullable(ruleText()),
  expressions: nullable(listOf(expression, { minItems: 1, maxItems: expressionsAtMost })),
  groupId: nullable(guid()),
});

export type ValidationBody = Static<typeof validationBody>;

/** What validating answers. */
export const validationAnswer = shape({
  isValid: required(bool()),
  /**
   * Why it is no rule, by the code with which it would be refused, and where: the character of a text, or the line of a
   * builder, counted from 0.
   */
  error: required(
    nullable(
      shape({
        code: required(text()),
        message: required(text()),
        position: required(nullable(int({ minimum: 0 }))),
        expression: required(nullable(int({ minimum: 0 }))),
      }),
    ),
  ),
  /** The rule in its documented form. */
  normalised: required(nullable(text())),
  /** The lines of a builder that make the rule; null where only the text can. */
  expressions: required(
    nullable(
      listOf(
        shape({
          connector: required(nullable(enumOf(['and', 'or']))),
          property: required(text()),
          operator: required(text()),
          values: required(listOf(text())),
        }),
      ),
    ),
  ),
});

/** `POST /sallyport/membershipRules/try`: on some users, or on all. */
export const trialBody = shape({
  membershipRule: required(ruleText()),
  userIds: nullable(listOf(guid(), { minItems: 1, maxItems: usersAtMost })),
  groupId: nullable(guid()),
});

export type TrialBody = Static<typeof trialBody>;

/** What trying answers. */
export const trialAnswer = shape({
  /** How many users the rule takes in; null where it was tried on some alone. */
  count: required(nullable(int({ minimum: 0 }))),
  value: required(
    listOf(
      shape({
        id: required(guid()),
        displayName: required(nullable(text())),
        userPrincipalName: required(nullable(text())),
        isMember: required(bool()),
        /** Each part of the rule with its result, as Graph's `expressionEvaluationDetails`. */
        details: required(anything()),
      }),
    ),
  ),
});

export type TrialAnswer = Static<typeof trialAnswer>;

export type ValidationAnswer = Static<typeof validationAnswer>;

/** A part of a rule with its result, as Graph's `expressionEvaluationDetails`. */
export interface TrialDetails {
  readonly expression: string;
  readonly expressionResult: boolean;
  readonly propertyToEvaluate: { readonly propertyName: string; readonly propertyValue: string | null } | null;
  readonly expressionEvaluationDetails: readonly TrialDetails[];
}

/** `GET /sallyport/membershipRules/properties`. */
export const propertiesAnswer = shape({
  /** As many lines as a builder has at most. */
  expressionsAtMost: required(int({ minimum: 1 })),
  value: required(
    listOf(
      shape({
        property: required(text()),
        type: required(
          enumOf(['boolean', 'dateTime', 'string', 'stringCollection', 'assignedPlanCollection', 'groupCollection']),
        ),
        operators: required(listOf(text())),
      }),
    ),
  ),
});

export type PropertiesAnswer = Static<typeof propertiesAnswer>;
