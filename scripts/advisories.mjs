/** `npm run advisories`: known advisories, high or critical, in what ships (X9). Where no advisory service answers, it says "not checked". */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ROOT } from './steps.mjs';

const LOUD = ['high', 'critical'];
/** A service that does not answer by then does not answer. */
const PATIENCE_MS = 30_000;

/** What `npm audit --json` says, or why it says nothing. */
const audit = () => {
  const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: ROOT, encoding: 'utf8', timeout: PATIENCE_MS });
  if (error !== undefined) return { silent: error.message };
  try {
    const said = JSON.parse(stdout);
    return said.vulnerabilities === undefined ? { silent: said.message ?? said.error?.summary ?? 'no answer' } : said;
  } catch {
    return { silent: 'an answer that cannot be read' };
  }
};

/** Whether nothing is known against what ships. */
export const advisories = () => {
  const said = audit();
  if (said.silent !== undefined) {
    console.log(
      `not checked: no advisory service answers (${String(said.silent)
        .replaceAll(/https?:\/\/\S+/g, 'the registry')
        .slice(0, 200)})`,
    );
    return true;
  }
  const loud = Object.values(said.vulnerabilities).filter(({ severity }) => LOUD.includes(severity));
  for (const { name, severity, range } of loud) console.error(`${severity}: ${name} ${range}`);
  console.log(`${loud.length} known advisories, high or critical, in what ships`);
  return loud.length === 0;
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = advisories() ? 0 : 1;
