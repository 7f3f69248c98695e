import { settings } from '../../src/platform/config.ts';
import { document, table } from './page.ts';

/** `docs/reference/configuration.md`. */
export function configurationPage(): string {
  const rows = Object.values(settings).map(({ variable, takes, otherwise, says }) => [
    `\`${variable}\``,
    takes,
    otherwise === null ? '' : `\`${otherwise}\``,
    says,
  ]);
  return document(
    'Configuration',
    'Every setting is an environment variable, read once at start (`src/platform/config.ts`). One that cannot be used' +
      ' stops the start with a message that names it. An empty value counts as none.',
    table(['variable', 'takes', 'default', 'what it is'], rows),
  );
}
