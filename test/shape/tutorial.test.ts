import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSaid, quotedLabels, shownPictures, typedTexts } from '../../docs/generator/tutorial.ts';
import { words } from '../../portal/words/en/index.ts';
import { readHouse } from './house.ts';

const root = join(import.meta.dirname, '../..');
const house = readHouse(root);
const tutorial = house.get('docs/tutorial/README.md') ?? '';
const english = Object.values(words);
const pictures = [...shownPictures(house)];

test('every word that the tutorial quotes is one of the portal', () => {
  const labels = quotedLabels(tutorial);
  expect(labels.length).toBeGreaterThan(80);
  // The one that explains the others.
  expect(labels.filter((label) => !isSaid(label, english))).toEqual(['bold']);
});

test('a word that the portal does not say is found', () => {
  expect(isSaid('Account of Ada Admin', english)).toBe(true);
  expect(isSaid('Accounts of Ada Admin', english)).toBe(false);
  expect(isSaid('Creates', english)).toBe(false);
});

test('what the tutorial lets people type is what the journey types', () => {
  const journey = house.get('test/journeys/design.test.ts') ?? '';
  const typed = typedTexts(tutorial).filter((text) => !/^(code|npm|curl|rm|http)/.test(text));
  expect(typed.length).toBeGreaterThan(25);
  expect(typed.filter((text) => !journey.includes(text))).toEqual([]);
});

test('all pictures that documents show are there, small and few, and none that nobody shows', () => {
  const kept = [...house.keys()].filter((path) => path.startsWith('docs/images/'));
  expect(kept.sort()).toEqual(pictures.map((name) => `docs/images/${name}`).sort());
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.length).toBeLessThanOrEqual(16);
  const large = kept.filter((path) => readFileSync(join(root, path)).length > 150 * 1024);
  expect(large).toEqual([]);
});

test.each(pictures)('%s is left by a journey', (name) => {
  const journeys = [...house].filter(([path]) => path.startsWith('test/journeys/'));
  const called = name.replace(/^design-/, '').replace(/\.png$/, '');
  expect(journeys.some(([, text]) => text.includes(`'${called}'`))).toBe(true);
});
