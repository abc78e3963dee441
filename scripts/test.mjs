/** `npm test`: everything, from a clean clone: checks, unit tests, tests with real servers, build, and the stories in a browser. */
import { spawnSync } from 'node:child_process';
import { build, size } from './build.mjs';
import { engines, install, onPath, run, runSteps, stories, vitest } from './steps.mjs';
import { checks } from './check.mjs';

/** Debian's packages that the tests start, by the program that each brings. */
const NEEDED = { 'redis-server': 'redis-server', chromium: 'chromium' };
/** For the story on other engines, which leaves out what is not there. */
const WISHED = { 'firefox-esr': 'firefox-esr', WebKitWebDriver: 'webkit2gtk-driver', Xvfb: 'xvfb' };

const missingOf = (programs) =>
  Object.entries(programs)
    .filter(([name]) => !onPath(name))
    .map(([, debian]) => debian);

/** As root, on Debian, installs packages. */
const aptInstall = async (packages) => {
  if (packages.length === 0) return true;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  return (await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages], { env })) === 0;
};

/** Looks for the programs that the tests start; as root, on Debian, it installs what is missing. */
const programs = async () => {
  await aptInstall(missingOf(WISHED));
  const packages = missingOf(NEEDED);
  if (await aptInstall(packages)) return true;
  console.error(`The tests need ${packages.join(' and ')}: install them, on Debian with: sudo apt-get install ${packages.join(' ')}`);
  return false;
};

await runSteps([
  ['install', install],
  ['programs', programs],
  ...checks,
  ...build,
  size,
  ['system', vitest('system')],
  ['stories', stories()],
  ['engines', engines()],
]);
