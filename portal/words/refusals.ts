import type { Language } from './catalogue.ts';

/** What refusals mean and what to do about them, by their stable codes. */
type RefusalWords = Readonly<Record<string, string>>;

let spoken: RefusalWords = {};

/** Loads the words of one language; until they are there, refusals are shown as the server said them. */
export async function loadRefusalWords(language: Language): Promise<RefusalWords> {
  const loaded =
    language === 'de'
      ? await import('./refusals/de.json', { with: { type: 'json' } })
      : await import('./refusals/en.json', { with: { type: 'json' } });
  return loaded.default;
}

/** Says refusals in these words from now on. */
export function speakRefusals(words: RefusalWords): void {
  spoken = words;
}

/** What a code means and what to do, in the language that is spoken; null for one that only the server has words for. */
export function refusalWords(code: string): string | null {
  return spoken[code] ?? null;
}

/**
 * A refusal in one sentence or two, for a field or a list: what it means and what to do, and what the server said of
 * the case at hand.
 */
export function inOneLine({ code, message }: { readonly code: string; readonly message: string }): string {
  const words = refusalWords(code);
  return words === null || words === message ? message : `${words} (${message})`;
}
