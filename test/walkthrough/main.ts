import { GraphError } from '@microsoft/microsoft-graph-client';
import { Rehearsal } from './people.ts';
import { startRehearsal } from './server.ts';
import { NotAsExpected } from './story.ts';
import { walk } from './walk.ts';

const server = await startRehearsal();
let failed = false;
try {
  await walk(new Rehearsal(server.url));
} catch (fault) {
  failed = true;
  if (fault instanceof NotAsExpected) process.stderr.write(`\nNot as expected. ${fault.message}\n`);
  else if (fault instanceof GraphError)
    process.stderr.write(`\nRefused (${fault.statusCode} ${fault.code}). ${fault.message}\n${fault.stack}\n`);
  else process.stderr.write(`\n${fault instanceof Error ? fault.stack : String(fault)}\n`);
} finally {
  const code = await server.stop();
  if (code !== 0) {
    failed = true;
    process.stderr.write(`The server ended with ${code}.\n`);
  }
}
process.exitCode = failed ? 1 : 0;
