import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refresh } from '../../../api/queries.ts';
import type { Made, PackageDraft } from './draft.ts';
import { tasksFor } from './making.ts';
import type { Progress } from './progress.tsx';

const still: Progress = { at: null, error: null, failedAt: null };

/**
 * Makes a package, one thing after the other, and keeps what is made: when one is refused, the next try goes on there.
 * Gives the id of the package when all is there, null when something was refused.
 */
export function useMaking(draft: PackageDraft, keep: (made: Made) => void) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const make = async (): Promise<string | null> => {
    let { made } = draft;
    const note = (next: Made) => {
      made = next;
      keep(next);
    };
    for (const [index, task] of tasksFor(draft).entries()) {
      setProgress({ ...still, at: index });
      try {
        note(await task.run(made, note));
      } catch (error) {
        setProgress({ at: null, error, failedAt: index });
        await refresh(client);
        return null;
      }
    }
    setProgress(still);
    await refresh(client);
    return made.packageId;
  };
  return { progress, make, forget: () => setProgress(null) };
}
