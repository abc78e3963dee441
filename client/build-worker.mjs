/**
 * Bundles the service worker into `dist/sw.js`, once the client is built: with the names of the client's files in it, so that each release
 * has a worker of its own.
 */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

const ICON = '/icon-192.png';

/** What the screens load; compressed copies lie beside it. */
const files = readdirSync(join(dist, 'assets'))
  .filter((name) => /\.(js|css|svg|woff2)$/.test(name))
  .map((name) => `/assets/${name}`)
  .concat(ICON)
  .sort();
const { file: entry } = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))['index.html'];
const page = readFileSync(join(dist, 'index.html'));
// Read, because a worker that is to keep what is not there is never installed.
const icon = readFileSync(join(dist, ICON));
const id = createHash('sha256').update(files.join()).update(page).update(icon).digest('hex').slice(0, 12);

// What a browser shows before one installs it: the README's own pictures, named in the manifest.
for (const name of ['board', 'board-wide'])
  cpSync(join(here, '..', 'docs', 'pictures', `${name}.png`), join(dist, 'screenshots', `${name}.png`));

await build({
  absWorkingDir: here,
  entryPoints: { sw: 'worker/sw.ts' },
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome90', 'safari15', 'firefox90'],
  define: { RELEASE: JSON.stringify({ id, files, entry: `/${entry}` }) },
  logLevel: 'warning',
});
