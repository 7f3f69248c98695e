import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Examination, Reachability } from '../../../src/entitlements/reachability/contract.ts';
import { useNames } from '../../api/names.ts';
import { type Fault, isInside, saidAt } from '../../parts/fault.ts';
import type { Picked } from '../../parts/picked.ts';
import { useWords } from '../../words/use-words.ts';
import type { PolicyDraft, StageDraft, SubjectSet } from './draft.ts';
import { idsIn, pickedOf } from './people.ts';
import { changedPaths } from './touched.ts';
import { type Place, useExamination } from './use-examination.ts';
import { useFaultWords } from './use-fault-words.ts';

/** A policy while it is written: what its parts read and change. */
export interface PolicyForm {
  readonly draft: PolicyDraft;
  readonly place: Place;
  /** Everything that the server would refuse, said or not. */
  readonly faults: Examination['faults'];
  readonly reachability: Omit<Reachability, 'policy'> | null;
  readonly isPending: boolean;
  readonly error: unknown;
  change(part: Partial<PolicyDraft>): void;
  changeStage(index: number, part: Partial<StageDraft>): void;
  /** What to say at a field about one of these properties: nothing before somebody has been there. */
  said(...paths: readonly string[]): string | undefined;
  /** People as they are picked. */
  picked(sets: readonly SubjectSet[]): readonly Picked[];
}

const Current = createContext<PolicyForm | null>(null);

/** The policy that the part of a form is about. */
export function usePolicyForm(): PolicyForm {
  const form = useContext(Current);
  if (form === null) throw new Error('No policy surrounds this');
  return form;
}

interface Props {
  readonly draft: PolicyDraft;
  readonly place: Place;
  /** Parts of which everything wrong is said, touched or not: somebody wanted to go on. */
  readonly tried: readonly string[];
  /** What the server refused when it was sent. */
  readonly refused?: readonly Fault[];
  change(draft: PolicyDraft): void;
  readonly children: ReactNode | ((form: PolicyForm) => ReactNode);
}

/** Surrounds the parts of a form with the policy that they are about. */
export function PolicyFormProvider({ draft, place, tried, refused = none, change, children }: Props) {
  const { examination, isPending, error } = useExamination(draft, place);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const names = useNames(idsIn(draft));
  const word = useFaultWords();
  const say = useRelationWords();
  const form = useMemo((): PolicyForm => {
    const faults = examination?.faults ?? [];
    const worded = faults.map((fault) => ({ target: fault.target, message: word(fault) }));
    const isSaid = ({ target }: Fault) =>
      target !== null &&
      [...tried, ...touched].some((path) => path === '' || isInside(target, path) || isInside(path, target));
    const said = [...worded.filter(isSaid), ...refused];
    const next = (part: Partial<PolicyDraft>) => {
      const changed = { ...draft, ...part };
      setTouched((old) => new Set([...old, ...changedPaths(draft, changed)]));
      change(changed);
    };
    return {
      draft,
      place,
      faults,
      reachability: examination?.reachability ?? null,
      isPending,
      error,
      change: next,
      changeStage: (index, part) => {
        const approval = draft.requestApprovalSettings;
        const stages = approval.stages.map((stage, at) => (at === index ? { ...stage, ...part } : stage));
        next({ requestApprovalSettings: { ...approval, stages } });
      },
      said: (...paths) => saidAt(said, ...paths),
      picked: (sets) => sets.map((set) => pickedOf(set, names, say)),
    };
  }, [draft, place, tried, refused, change, examination, isPending, error, touched, names, word, say]);
  return <Current value={form}>{typeof children === 'function' ? children(form) : children}</Current>;
}

const none: readonly Fault[] = [];

/** What people are called who stand so to the requestor. */
export function useRelationWords() {
  const { t } = useWords();
  return useMemo(
    () => (relation: Parameters<Parameters<typeof pickedOf>[2]>[0], level: number) =>
      t(`policy.relation.${relation}`, { level }),
    [t],
  );
}
