/** `npm test`: everything, from a clean clone: checks, unit tests, tests with real servers, build, and the stories in a browser. */
import { spawnSync } from 'node:child_process';
import { build, size } from './build.mjs';
import { install, onPath, run, runSteps, stories, vitest } from './steps.mjs';
import { checks } from './check.mjs';

/** Debian's packages that the tests start, by the program that each brings. */
const NEEDED = { 'redis-server': 'redis-server', chromium: 'chromium' };

/** Looks for the programs that the tests start; as root, on Debian, it installs what is missing. */
const programs = async () => {
  const missing = Object.entries(NEEDED).filter(([name]) => !onPath(name));
  if (missing.length === 0) return true;
  const packages = missing.map(([, debian]) => debian);
  const isRoot = process.getuid?.() === 0;
  if (isRoot && onPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    if ((await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages], { env })) === 0) return true;
  }
  console.error(`The tests need ${packages.join(' and ')}: install them, on Debian with: sudo apt-get install ${packages.join(' ')}`);
  return false;
};

await runSteps([
  ['install', install],
  ['programs', programs],
  ...checks,
  ['system', vitest('system')],
  ...build,
  size,
  ['stories', stories()],
]);
