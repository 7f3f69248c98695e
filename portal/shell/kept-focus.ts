import { useEffect } from 'react';

/** How long a closing dialog takes to give the focus back to what opened it. */
const settlingMs = 300;

/**
 * Keeps the focus on the page: what had it may be taken away by a dialog that closes, a list that is read again, a
 * decision that somebody else made. It then goes to the beginning of the page, never nowhere.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = target;
    };
    const keep = () => {
      // Who has clicked beside everything has no focus either; what they were at is still there then.
      if (document.activeElement !== document.body || last === null || last.isConnected) return;
      last = null;
      document.getElementById('main')?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(() => {
      if (last?.isConnected !== false) return;
      clearTimeout(timer);
      timer = setTimeout(keep, settlingMs);
    });
    document.addEventListener('focusin', note);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('focusin', note);
      watch.disconnect();
    };
  }, []);
}
