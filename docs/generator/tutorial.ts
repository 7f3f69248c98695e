import type { House } from '../../test/shape/house.ts';

/** The names of all pictures of the portal that documents show. */
export function shownPictures(house: House): ReadonlySet<string> {
  const names = [...house].flatMap(([path, text]) =>
    path.endsWith('.md') ? [...text.matchAll(/!\[[^\]]+\]\((?:[^()\s]*\/)?images\/([^()\s]+\.png)\)/g)] : [],
  );
  return new Set(names.map(([, name = '']) => name).sort());
}

/** What a text quotes of the portal's words: all that is bold in it. */
export function quotedLabels(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = '']) => label.replaceAll(/\s+/g, ' '));
}

/** What a text lets people type or choose: all that is code in it and no command. */
export function typedTexts(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```.*?^```/gms, '');
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, typed = '']) => typed);
}

/** Whether one of the portal's words can read like this: as it is written, or with names and numbers filled in. */
export function isSaid(label: string, words: readonly string[]): boolean {
  return words.some((word) => word === label || (word.includes('{') && patternOf(word).test(label)));
}

/** Words with plain places only: what depends on a number has no one form to be quoted in. */
function patternOf(word: string): RegExp {
  if (/\{\w+,/.test(word)) return /(?!)/;
  const parts = word.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('').trim() === '' ? /(?!)/ : new RegExp(`^${parts.join('.+')}$`);
}
