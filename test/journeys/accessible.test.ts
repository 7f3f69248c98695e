import { expect, test } from 'vitest';
import { namelessControls } from './accessible.ts';

test('each control has a name of its own', () => {
  const page = (second: string) =>
    ['- main:', '  - group "Who":', '    - checkbox "Self" [checked]', `    - checkbox${second}`].join('\n');
  expect(namelessControls(page(' "Manager"'))).toEqual([]);
  expect(namelessControls(page(''))).toEqual(['a checkbox without a name in - group "Who":']);
  expect(namelessControls(page(' "Self"'))).toEqual(['two of checkbox "Self" in - group "Who":']);
});

test('the same name may stand in two groups', () => {
  const lines = ['- row "Ada":', '  - cell:', '    - checkbox "Choose"', '- row "Bo":', '  - checkbox "Choose"'];
  expect(namelessControls(lines.join('\n'))).toEqual([]);
});
