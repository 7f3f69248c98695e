import type { PackageDraft } from './draft.ts';

/** What every step is given: the draft, how it is changed, and what is wrong at a field. */
export interface StepProps {
  readonly draft: PackageDraft;
  change(part: Partial<PackageDraft>): void;
  said(...paths: readonly string[]): string | undefined;
}
