#!/usr/bin/env node
import { Command } from 'commander';
import { RefusedError } from './kernel/outcome.ts';

const program = new Command('sallyport').description(
  'Two doors to a privilege: approval makes a person eligible, activation makes the privilege active.',
);

program
  .command('rehearse')
  .description('run a rehearsal on this machine: a cast, a movable clock, a mailbox, the whole design in place')
  .option('--empty', 'begin with the people only, to build the design by hand; what was rehearsed before is taken away')
  .action(async (options) => (await import('./cli/rehearse.ts')).rehearse(options));
program
  .command('serve')
  .description('run the governance server')
  .action(async () => (await import('./cli/serve.ts')).serve());
program
  .command('init')
  .description('begin the tenant in an empty database')
  .requiredOption('--administrator <upn>', 'user principal name of the first administrator')
  .option('--display-name <name>', 'display name of the first administrator (default: as in the user principal name)')
  .action(async (options) => (await import('./cli/init.ts')).init(options));
program
  .command('sign-in-link')
  .description('make a one-time link for somebody to sign in by')
  .requiredOption('--user <upn>', 'user principal name of whoever is to sign in')
  .option('--lasts <duration>', 'how long it can be used', 'PT1H')
  .action(async (options) => (await import('./cli/sign-in-link.ts')).signInLink(options));
program
  .command('register-app')
  .description('register an application that calls the API; its secret is shown this once')
  .requiredOption('--display-name <name>', 'what it is called')
  .option('--permission <name...>', 'Graph application permissions, for what it does in its own name')
  .option('--redirect-uri <uri...>', 'where a browser may come back to, for people who sign in to it')
  .option('--certificate <file...>', 'certificates (PEM) by which it proves itself, in place of a secret')
  .option('--public', 'it can keep no secret: people sign in to it, and nothing else')
  .action(async (options) => (await import('./cli/register-app.ts')).registerApp(options));
program
  .command('migrate')
  .description('bring the database to this version')
  .action(async () => (await import('./cli/migrate.ts')).migrateDatabase());

/** What a person can put right is said in one sentence; anything else is ours and comes with its stack. */
const explained = new Set([
  'ConfigError',
  'FolderHeldError',
  'WrongStageError',
  'ForeignDatabaseError',
  'BrokenCaError',
  'RefusedError',
]);

/** A port that is taken is the one fault of the system's that everybody meets. */
function sentenceOf(fault: Error): string {
  if (!('code' in fault && fault.code === 'EADDRINUSE' && 'port' in fault)) return fault.message;
  return `Something else listens on port ${fault.port} already. Stop it, or choose others with PORT and HTTPS_PORT.`;
}

try {
  await program.parseAsync();
} catch (fault) {
  const isExplained = fault instanceof Error && (explained.has(fault.name) || 'syscall' in fault);
  const message = fault instanceof RefusedError ? fault.refusal.message : isExplained ? sentenceOf(fault) : fault;
  console.error(isExplained ? `sallyport: ${message}` : message);
  process.exitCode = 1;
}
