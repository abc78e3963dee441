/** How the scripts of this folder run things, one after the other. Plain Node: nothing needs to be installed yet. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where the scripts keep what they know from the last run. */
const CACHE = join(ROOT, '.cache');

/** A program of node_modules, by the JavaScript file that starts it: works without a shell and without npx. */
export const bin = (path) => [process.execPath, join(ROOT, 'node_modules', path)];

/** The programs that several scripts use. */
export const VITE = bin('vite/bin/vite.js');
const VITEST = bin('vitest/vitest.mjs');
export const TSX = bin('tsx/dist/cli.mjs');
const PLAYWRIGHT = bin('@playwright/test/cli.js');

/**
 * Runs a program with this terminal and resolves with its exit code. Ctrl-C and SIGTERM go through to it, and this process waits until
 * it has left.
 * @param {string[]} command program and arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export const run = ([program, ...args], { cwd = ROOT, env = process.env } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    // A terminal sends Ctrl-C to the whole group already; SIGTERM reaches this process alone.
    const hold = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', hold);
    process.on('SIGTERM', pass);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', hold);
      process.off('SIGTERM', pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });

/** Whether a program of that name is on the PATH. */
export const onPath = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** Whether node_modules holds exactly what the lockfile names; packages for other systems may be missing. */
const installed = () => {
  const there = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(there)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = packagesOf(there);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, wanted]) =>
      !path.startsWith('node_modules/') || wanted.version === present[path]?.version || (wanted.optional && !present[path]),
  );
};

/** Installs what the lockfile names, unless it is there already. @returns {Promise<boolean>} whether it is there now */
export const install = async () => installed() || (await run(['npm', 'ci', '--loglevel=error'])) === 0;

/**
 * Runs steps in order, prints each with its time, and stops at the first that fails. Ends the process: 0 when all went well.
 * A step is a name and a function that resolves with true, false, or the tests it counted.
 * @param {[string, () => Promise<boolean | { passed: number, failed: number }>][]} steps
 */
export const runSteps = async (steps) => {
  mkdirSync(CACHE, { recursive: true });
  let passed = 0;
  let failed = 0;
  const times = [];
  for (const [name, step] of steps) {
    console.log(`\n— ${name}`);
    const begun = performance.now();
    let outcome;
    try {
      outcome = await step();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      outcome = false;
    }
    const counted = typeof outcome === 'boolean' ? { passed: outcome ? 1 : 0, failed: outcome ? 0 : 1 } : outcome;
    passed += counted.passed;
    failed += counted.failed;
    times.push(`${counted.failed === 0 ? '✔' : '✘'} ${name} ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    console.log(times.at(-1));
    if (counted.failed > 0) break;
  }
  console.log(`\n${times.join('\n')}\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
};

/** A step that is one program: right when it ends with 0. */
export const program = (command, options) => async () => (await run(command, options)) === 0;

/** The tests that a reporter counted, or one failure where it could not even report. */
const counted = (code, file, read) => {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
};

/** A step that runs one of the two vitest projects. @param {'unit' | 'system'} project */
export const vitest = (project) => async () => {
  const file = join(CACHE, `${project}.json`);
  writeFileSync(file, '{"numPassedTests":0,"numFailedTests":1}');
  const code = await run([...VITEST, 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  return counted(code, file, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));
};

/** A step that runs the stories in a browser. */
export const stories = () => async () => {
  const file = join(CACHE, 'stories.json');
  writeFileSync(file, '{"stats":{"expected":0,"unexpected":1,"flaky":0}}');
  const code = await run([...PLAYWRIGHT, 'test', '--reporter=list,json'], {
    cwd: join(ROOT, 'e2e'),
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  return counted(code, file, ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }));
};

/** A step that tells the main story on the engines named, or on all that are installed. */
export const engines = (names = []) => program([...TSX, 'e2e/engine/run.ts', ...names]);

/** A step that takes pictures instead of telling stories. */
export const pictures = program([...PLAYWRIGHT, 'test'], { cwd: join(ROOT, 'e2e'), env: { ...process.env, PICTURES: '1' } });
