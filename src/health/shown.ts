import type { Finding } from './model.ts';

/** Which findings are asked for. */
export interface Asked {
  readonly severity?: string | undefined;
  readonly kind?: string | undefined;
  readonly subjectId?: string | undefined;
}

/** Findings that are asked for, and how many there are of each severity whichever of them is asked for. */
export interface Shown {
  readonly bySeverity: Readonly<Record<Finding['severity'], number>>;
  readonly value: readonly Finding[];
}

/** The findings that are asked for, in their order. */
export function shownOf(findings: readonly Finding[], { severity, kind, subjectId }: Asked): Shown {
  const fits = findings.filter(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      (subjectId === undefined || one.subject.id === subjectId.toLowerCase()),
  );
  const of = (which: string) => fits.filter((one) => one.severity === which);
  return {
    bySeverity: { high: of('high').length, medium: of('medium').length, low: of('low').length },
    value: severity === undefined ? fits : of(severity),
  };
}
