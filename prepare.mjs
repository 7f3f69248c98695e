// Runs after `npm ci`, on whatever Node is there: sees to it that our scripts find the Node that we run on.
//
// That Node comes from npm, as one optional package a platform, and npm links it as node_modules/.bin/node. But npm 10,
// which Node 20 comes with, removes the link again while it clears away the packages of the other platforms, because
// they all call theirs `node`.

import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname ?? '.', 'node_modules');
const { optionalDependencies } = JSON.parse(readFileSync(join(modules, '../package.json'), 'utf8'));
const link = join(modules, '.bin/node');
const ours = Object.keys(optionalDependencies).find((name) => existsSync(join(modules, name, 'bin/node')));

if (ours !== undefined && existsSync(join(modules, '.bin')) && !existsSync(link)) {
  symlinkSync(join('..', ours, 'bin/node'), link);
}
