import { useCallback, useState } from 'react';

/**
 * What somebody is typing, kept for this tab until it is sent: a step-up leads away from the page and back, and
 * nothing typed may be lost on the way. `name` says what it is about, such as `activate:<id>`.
 */
export function useDraft<T extends object>(name: string, initial: T) {
  const key = `sallyport.draft.${name}`;
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...read<T>(key) }));
  const change = useCallback(
    (part: Partial<T>) =>
      setDraft((old) => {
        const next = { ...old, ...part };
        sessionStorage.setItem(key, JSON.stringify(next));
        return next;
      }),
    [key],
  );
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return { draft, change, forget };
}

function read<T>(key: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}
