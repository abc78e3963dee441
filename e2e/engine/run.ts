/**
 * `npm run engines` – the main story on Chromium, WebKit's engine and Firefox; `npm run engines -- firefox` – on one. An engine that is
 * not installed, or does not start on this machine, is left out with the reason, unless it was asked for by name.
 */
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { Deployment } from '@huddle/rig/deployment.ts';
import { startChromium, startFirefox } from './puppeteer.ts';
import type { Driver } from './screen.ts';
import { mainStory } from './story.ts';
import { startWebKit } from './webkit.ts';

interface Engine {
  /** Programs that it needs on the PATH, and the packages of Debian that bring them. */
  readonly needs: readonly string[];
  readonly packages: string;
  readonly start: () => Promise<Driver>;
}

const ENGINES: Readonly<Record<string, Engine>> = {
  chromium: { needs: ['chromium'], packages: 'chromium', start: startChromium },
  webkit: { needs: ['WebKitWebDriver', 'Xvfb'], packages: 'webkit2gtk-driver xvfb', start: startWebKit },
  firefox: { needs: ['firefox-esr'], packages: 'firefox-esr', start: startFirefox },
};

const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const { positionals } = parseArgs({ allowPositionals: true });
const wanted = positionals.length === 0 ? Object.keys(ENGINES) : positionals;

/** The browser, or undefined with the reason said. */
const start = async (name: string, { needs, packages, start: launch }: Engine): Promise<Driver | undefined> => {
  const missing = needs.filter((program) => !isThere(program));
  try {
    if (missing.length === 0) return await launch();
    console.log(`– ${name} is left out: no ${missing.join(', no ')} (apt-get install ${packages})`);
  } catch (error) {
    console.log(`– ${name} is left out: it does not start:`, error);
  }
  if (positionals.length > 0) process.exitCode = 1;
  return undefined;
};

const tell = async (deployment: Deployment, name: string, driver: Driver): Promise<void> => {
  const begun = performance.now();
  try {
    await mainStory(deployment, driver);
    console.log(`✔ ${name}: open, post, seat, waitlist, moved, offline, back (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    console.error(`✘ ${name}:`, error);
    process.exitCode = 1;
  } finally {
    await driver.close();
  }
};

const deployment = await Deployment.overRedis(2);
try {
  for (const name of wanted) {
    const engine = ENGINES[name];
    if (engine === undefined) throw new Error(`no engine "${name}"; there are: ${Object.keys(ENGINES).join(', ')}`);
    const driver = await start(name, engine);
    if (driver !== undefined) await tell(deployment, name, driver);
  }
} finally {
  await deployment.stop();
}
