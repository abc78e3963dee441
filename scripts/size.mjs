/** `node scripts/size.mjs`: what a phone loads before the board is shown, by the client's build manifest; the bar is P10. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ROOT, runSteps } from './steps.mjs';

const DIST = join(ROOT, 'client', 'dist');
/** P10, in KB of 1024 bytes, gzip. */
const BAR = 45;

const kb = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1024;

/** A chunk with everything it imports at once. */
const closure = (manifest, key, seen = new Set()) => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) closure(manifest, imported, seen);
  return seen;
};

/** The entry, which holds the board's own screen, and the largest language. */
const measure = () => {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));
  const languages = Object.keys(manifest).filter((key) => /^src\/text\/(en|zh-Han[st])\.ts$/.test(key));
  const [largest] = languages.sort((a, b) => kb(manifest[b].file) - kb(manifest[a].file));
  const chunks = new Set(['index.html', largest].flatMap((key) => [...closure(manifest, key)]));
  const files = [...chunks].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'));
  return { files: files.length, size: files.reduce((sum, file) => sum + kb(file), 0) };
};

/** As a step for other scripts. */
export const size = [
  'size',
  async () => {
    const { files, size } = measure();
    console.log(`P10 first load: ${size.toFixed(1)} KB gzip of JavaScript in ${files} files, at most ${BAR}`);
    return size <= BAR;
  },
];

if (import.meta.url === pathToFileURL(process.argv[1]).href) await runSteps([size]);
