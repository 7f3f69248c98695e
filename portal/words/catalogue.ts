import type { words as english } from './en/index.ts';

/** The name of a text. English has them all; a test holds the other languages to it. */
export type MessageKey = keyof typeof english;
export type Words = Readonly<Record<MessageKey, string>>;

/** Languages by their tags, with their own names. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** The words of one language; each is a file of its own that is loaded when it is spoken. */
export async function loadWords(language: Language): Promise<Words> {
  const loaded = language === 'de' ? await import('./de/index.ts') : await import('./en/index.ts');
  return loaded.words;
}

/** The best language for a browser's wishes, such as `['de-AT', 'en']`. */
export function preferredLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const tag = wish.slice(0, 2).toLowerCase();
    if (tag in languages) return tag as Language;
  }
  return 'en';
}
