import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readHouse } from '../test/shape/house.ts';
import { referencePages } from './generator/pages.ts';

/** `npm run docs`: writes the reference anew from the code. */
const root = join(import.meta.dirname, '..');
for (const [path, text] of referencePages(readHouse(root))) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
