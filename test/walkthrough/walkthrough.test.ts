import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { NotAsExpected, expect as storyExpects } from './story.ts';

const run = promisify(execFile);

it('plays the whole story in all three shapes, and ends well', async () => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'main.ts')]);
  expect(stdout.match(/^\d\. .+\n─+$/gm)).toHaveLength(3);
  expect(stdout.match(/activated with MFA and justification for four hours\n.+requestor may create/g)).toHaveLength(2);
  expect(stdout).toContain('Everything was as expected');
  expect(stdout.match(/everything it gave is gone; requestor may not create/g)).toHaveLength(3);
});

it('stops at the first thing that is not as expected', () => {
  expect(() => storyExpects('the role', 'may', 'may not')).toThrow(NotAsExpected);
  expect(() => storyExpects('the members', ['a'], ['a'])).not.toThrow();
});
