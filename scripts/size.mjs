/**
 * P10: how much JavaScript the board's first look takes: the entry, what it imports statically, and the largest language, gzipped.
 * Fails above the bar. Reads the manifest of `npm run build`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './steps.mjs';

const BAR = 45 * 1024;
const DIST = join(ROOT, 'client', 'dist');
const LANGUAGE = /^src\/text\/[a-z]{2}(?:-Han[ts])?\.ts$/;

/** @type {Record<string, { file: string, imports?: string[], isEntry?: boolean }>} */
const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));

/** A chunk and all that it imports statically, by file. */
const withImports = (key, files = new Set()) => {
  const { file, imports = [] } = manifest[key];
  if (!files.has(file)) {
    files.add(file);
    for (const imported of imports) withImports(imported, files);
  }
  return files;
};

const gzipped = (files) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const languages = Object.keys(manifest).filter((key) => LANGUAGE.test(key));
if (entry === undefined || languages.length === 0) throw new Error('the manifest has no entry or no language; run: npm run build');

const base = withImports(entry);
const sizes = languages.map((key) => gzipped(new Set([...base, ...withImports(key)])));
const largest = Math.max(...sizes);
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KB (${bytes} bytes)`;

console.log(`P10 first load of the board, JavaScript gzipped: ${kib(largest)} in ${base.size + 1} files, bar ${kib(BAR)}`);
if (largest > BAR) process.exitCode = 1;
