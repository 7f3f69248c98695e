import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Finding } from './model.ts';

/** Which findings are asked for, and which page of them. */
export interface Asked {
  readonly severity?: string | undefined;
  readonly kind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly top?: string | undefined;
  readonly skip?: string | undefined;
}

/** A page of findings, with what there is beyond it. */
export interface FindingsPage {
  readonly count: number;
  readonly bySeverity: Readonly<Record<Finding['severity'], number>>;
  readonly next: number | null;
  readonly value: readonly Finding[];
}

/** The page of findings that is asked for. Refused with `BadRequest` (400) where a number is none. */
export function pageOf(
  findings: readonly Finding[],
  asked: Asked,
  sizes: { readonly usual: number; readonly most: number },
): Outcome<FindingsPage> {
  const { severity, kind, subjectId, top = String(sizes.usual), skip = '0' } = asked;
  if (!/^[1-9]\d*$/.test(top) || Number(top) > sizes.most) {
    return refuse('invalid', 'BadRequest', `top is a number from 1 to ${sizes.most}.`, 'top');
  }
  if (!/^\d+$/.test(skip)) return refuse('invalid', 'BadRequest', 'skip is a number from 0.', 'skip');
  const fits = findings.filter(
    (one) =>
      (severity === undefined || one.severity === severity) &&
      (kind === undefined || one.kind === kind) &&
      (subjectId === undefined || one.subject.id === subjectId.toLowerCase()),
  );
  const end = Number(skip) + Number(top);
  const of = (which: Finding['severity']) => fits.filter((one) => one.severity === which).length;
  return accept({
    count: fits.length,
    bySeverity: { high: of('high'), medium: of('medium'), low: of('low') },
    next: end < fits.length ? end : null,
    value: fits.slice(Number(skip), end),
  });
}
