import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHouse } from '../test/shape/house.ts';
import { smallerPng } from './generator/png.ts';
import { shownPictures } from './generator/tutorial.ts';

/** `npm run screenshots`: takes those pictures that documents show from what the journeys left, small, to docs/images. */
const root = join(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const shown = shownPictures(readHouse(root));
mkdirSync(images, { recursive: true });
for (const name of readdirSync(images)) if (!shown.has(name)) rmSync(join(images, name));
for (const name of shown) {
  const small = smallerPng(readFileSync(join(root, 'dist/journeys', name)));
  writeFileSync(join(images, name), small);
  console.log(`docs/images/${name}: ${Math.ceil(small.length / 1024)} kB`);
}
