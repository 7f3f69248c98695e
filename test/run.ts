import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: every gate of the project, cheap ones first. A gate that holds is one line; a gate that breaks shows
 * what its tool said. Tests run only when all gates before them hold. `--deep` adds the long tests.
 */
const gates = [
  { name: 'format and lint', script: 'check:format' },
  { name: 'types', script: 'check:types' },
  { name: 'import rules', script: 'check:imports' },
  { name: 'unused code', script: 'check:unused' },
  // Journeys run in a real browser; where there is none it is brought now.
  { name: 'a Chromium for the journeys', script: 'chromium' },
];

const deep = process.argv.includes('--deep');
const environment = { ...process.env, ...(deep ? { SALLYPORT_DEEP: '1' } : {}) };

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs a tool from node_modules/.bin; npm has put that on the path. */
function run(command: readonly string[], output: 'show' | 'hold'): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, {
      env: environment,
      stdio: output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

async function runGates(): Promise<number> {
  let failed = 0;
  for (const gate of gates) {
    const start = performance.now();
    const { code, said } = await run(['npm', 'run', '--silent', gate.script], 'hold');
    console.log(`${code === 0 ? '✓' : '✗'} ${gate.name} (${seconds(start)})`);
    if (code === 0) continue;
    failed += 1;
    console.log(said.trimEnd(), '\n');
  }
  return failed;
}

async function runTests(): Promise<{ passed: number; failed: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-run-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await run(['vitest', 'run', ...reporters], 'show');
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8'));
    // A file that does not load, or a fault outside a test, fails the run without failing a test.
    return { passed: numPassedTests, failed: Math.max(numFailedTests, code === 0 ? 0 : 1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const broken = await runGates();
const tests = broken === 0 ? await runTests() : { passed: 0, failed: 0 };
if (broken > 0) console.log('Tests were not run: mend the gates above first.');
const failed = broken + tests.failed;
console.log(`${gates.length - broken + tests.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
