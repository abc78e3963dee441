/** `npm run faults -- planted`: each bug is put into a copy of the project; whatever should notice it must fail there, and only then. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUGS, type Bug, type Watch } from './bug.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKSPACES = ['shared', 'server', 'client', 'rig', 'bench', 'e2e'];
const NOT_COPIED = new Set(['node_modules', 'dist', '.git', '.cache', 'data', 'test-results', 'playwright-report']);
/** A bug that makes something wait for ever is noticed, too. */
const LONGEST_MS = 240_000;

/** The file with the bug in it. @throws Error where the project has moved on and the bug no longer fits */
export const withBug = ({ name, file, find, replace }: Bug, root = ROOT): string => {
  const parts = readFileSync(join(root, file), 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`“${name}” no longer fits ${file}: renew it in rig/fault/bug.ts.`);
  return parts.join(replace);
};

/** The project without what is made from it; packages are linked, its own workspaces are the copy's. */
const copyOf = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'huddle-planted-'));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@huddle'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@huddle' && !name.startsWith('.vite')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const name of WORKSPACES) symlinkSync(join(copy, name), join(modules, '@huddle', name));
  return copy;
};

const commandOf = (watch: Watch): string[] =>
  'storm' in watch
    ? ['node_modules/tsx/dist/cli.mjs', 'rig/fault/run.ts', 'R2', '--seed', '1', '--faults', '2', '--store', watch.storm]
    : ['node_modules/vitest/vitest.mjs', 'run', watch.test, ...(watch.named === undefined ? [] : ['-t', watch.named])];

/** What is wrong with that copy, in the words of what watches it; undefined when it is content. */
const complaint = async (copy: string, watch: Watch): Promise<string | undefined> => {
  const child = spawn(process.execPath, commandOf(watch), {
    ...{ cwd: copy, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    env: { ...process.env, NO_COLOR: '1' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  // With all that it has started: its own group.
  const patience = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), LONGEST_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(patience);
  return code === 0 ? undefined : said;
};

/** The line of it that says what is wrong: a checker's sentence or a test's name; where there is neither, its last word. */
const gist = (said: string): string => {
  const lines = said.split('\n').flatMap((line) => line.trim() || []);
  return (lines.find((line) => /^(?:[BNRSX]\d+: |× |FAIL )/.test(line)) ?? lines.at(-1) ?? 'it never ended').slice(0, 160);
};

/** Plants them all, or those whose name holds `only`, and prints who was noticed. */
export const planted = async (only = ''): Promise<boolean> => {
  const bugs = BUGS.filter(({ name }) => name.includes(only));
  const copy = copyOf();
  let caught = 0;
  try {
    const watches = [...new Map(bugs.map(({ watch }) => [commandOf(watch).join(' '), watch])).values()];
    for (const watch of watches) {
      const said = await complaint(copy, watch);
      if (said === undefined) continue;
      console.log(`Without any bug this fails already: ${commandOf(watch).slice(1).join(' ')}\n${said.slice(-3000)}`);
      return false;
    }
    for (const bug of bugs) {
      const path = join(copy, bug.file);
      const before = readFileSync(path, 'utf8');
      writeFileSync(path, withBug(bug, copy));
      const said = await complaint(copy, bug.watch);
      writeFileSync(path, before);
      const watch = commandOf(bug.watch).slice(1).join(' ');
      if (said === undefined) console.log(`✘ ${bug.name}: NOT caught by ${watch}`);
      else {
        caught += 1;
        console.log(`✔ ${bug.name}: caught by ${watch}\n    ${gist(said)}`);
      }
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  console.log(`planted bugs caught: ${String(caught)}/${String(bugs.length)}`);
  console.log(`${String(caught)} passed, ${String(bugs.length - caught)} failed`);
  return caught === bugs.length;
};
