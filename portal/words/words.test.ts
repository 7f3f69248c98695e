import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import type { languages } from './catalogue.ts';
import { words as de } from './de/index.ts';
import { words as en } from './en/index.ts';
import { millisecondsOf, unitsOf } from './use-words.ts';

const spoken: Readonly<Record<keyof typeof languages, Readonly<Record<string, string>>>> = { en, de };
const portal = join(import.meta.dirname, '..');

describe.each(Object.entries(spoken))('the words of %s', (tag, words) => {
  test('are all of English', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
  });

  test('can be spoken, and name the same values as the English', () => {
    const wrong = Object.entries(words).filter(
      ([key, text]) => text.trim() === '' || holes(text) !== holes((en as Record<string, string>)[key] ?? ''),
    );
    expect(wrong).toEqual([]);
  });

  test('are listed, file by file', () => {
    const index = readFileSync(join(portal, 'words', tag, 'index.ts'), 'utf8');
    const files = readdirSync(join(portal, 'words', tag)).filter((name) => name.endsWith('.json'));
    expect(files.filter((name) => !index.includes(`'./${name}'`))).toEqual([]);
  });
});

test('every word is said somewhere', () => {
  const code = readdirSync(portal, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('words/'))
    .map((name) => readFileSync(join(portal, name), 'utf8'))
    .concat(readFileSync(join(portal, 'words/use-words.ts'), 'utf8'))
    .join('\n');
  // A name may be put together, one code a segment: `t(\`shell.theme.${one}\`)`, `t(\`requests-admin.${action}.title\`)`.
  const puts = [...code.matchAll(/`([\w-]+\.[^`\s]*\$\{[^`\s]*)`/g)].map(([, put = '']) => saysOf(put));
  const unsaid = Object.keys(en).filter((key) => !code.includes(`'${key}'`) && !puts.some((said) => said.test(key)));
  expect(unsaid).toEqual([]);
});

test.each([
  ['PT8H', 8 * 3_600_000],
  ['P1D', 86_400_000],
  ['P14DT1H30M', (14 * 24 + 1.5) * 3_600_000],
  ['PT0.5S', 500],
])('%s lasts %i ms', (iso, expected) => {
  expect(millisecondsOf(iso)).toBe(expected);
});

test.each(['P1W', '8 hours', 'P', 'PT', '-P1D'])('%j is no duration', (iso) => {
  expect(millisecondsOf(iso)).toBeNaN();
});

test.each([
  [11_520_000, 'hours 3, minutes 12'],
  [59_999, 'seconds 59'],
  [86_400_000, 'days 1'],
  [90_061_000, 'days 1, hours 1'],
  [0, 'seconds 0'],
  [-5, 'seconds 0'],
])('%i ms is told as %s', (milliseconds, expected) => {
  expect(
    unitsOf(milliseconds)
      .map((unit) => unit.join(' '))
      .join(', '),
  ).toBe(expected);
});

/** The names that a template puts together: each hole is one segment of a name, or a part of one. */
function saysOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^$()[\]\\|]/g, '\\$&')).join('[\\w-]+')}$`);
}

/** The values that a text takes, sorted. */
function holes(text: string): string {
  const names = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      names.add(element.value);
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const { value } of Object.values(element.options)) walk(value);
      }
    }
  };
  walk(parse(text));
  return [...names].sort().join(' ');
}
