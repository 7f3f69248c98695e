import type {
  PropertiesAnswer,
  TrialAnswer,
  TrialDetails,
  ValidationAnswer,
} from '../../../src/directory/membership-trial/contract.ts';

/** What the server says of a rule while it is written. */
export type Validation = ValidationAnswer;
/** One line of the builder. */
export interface Line {
  readonly connector: 'and' | 'or' | null;
  readonly property: string;
  readonly operator: string;
  /** None stands for `null`. */
  readonly values: readonly string[];
}
/** A property that rules know, with its operators. */
export type Property = PropertiesAnswer['value'][number];
export type Properties = PropertiesAnswer;
export type Trial = TrialAnswer;
export type Tried = TrialAnswer['value'][number];
/** A part of a rule with its result. */
export type Details = TrialDetails;

export const membershipRules = '/sallyport/membershipRules';

export const blankLine: Line = { connector: null, property: '', operator: '', values: [''] };

/** Whether nothing stands in a line yet. */
export function isBlank({ property, values }: Line): boolean {
  return property === '' && values.every((value) => value.trim() === '');
}

/** Whether a line has all that it needs; what it says, the server judges. */
export function isWhole({ property, operator, values }: Line): boolean {
  return property !== '' && operator !== '' && values.every((value) => value.trim() !== '');
}

/** The lines that say something; the first of them follows on none. */
export function saidLines(lines: readonly Line[]): readonly Line[] {
  const said = lines.filter((line) => !isBlank(line));
  return said.map((line, index) => ({ ...line, connector: index === 0 ? null : (line.connector ?? 'and') }));
}
