/** `npm run board -- create | import | export | list …`: the command line, speaking to a running node. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, ROOT, run, TSX } from './steps.mjs';

const args = process.argv.slice(2);
const bundle = join(ROOT, 'server', 'dist', 'cli.js');
const cli = existsSync(bundle) ? [process.execPath, bundle] : [...TSX, join(ROOT, 'server', 'src', 'cli.ts')];

// npm runs scripts in the project's folder; files on the command line are named from where the person stands.
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit((await install()) ? await run([...cli, ...args], { cwd }) : 1);
