/**
 * The built client's files, held in memory: a few hundred kilobytes, and a new build under a running node neither breaks its answers nor
 * mixes with them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { RequestHandler } from 'express';
import { readyFile, sendFile, type ReadyFile } from './file.ts';

const YEAR_S = 31_536_000;
/** Compressed copies, which the build lays beside each text. */
const COPIES = ['.gz', '.br'];

const pathsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !COPIES.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));

/** A file with the copies that the build made, or – where there are none, because it is no text – as it is. */
const fileAt = (path: string): ReadyFile => {
  const copy = (ending: string) => (existsSync(path + ending) ? readFileSync(path + ending) : undefined);
  const [gzip, brotli] = [copy('.gz'), copy('.br')];
  return { ...readyFile(extname(path), readFileSync(path), gzip), ...(brotli && { brotli }) };
};

/** The folder's files by address; the page itself (`index.html`) and hidden files are not among them. Hashed names may be kept for ever. */
export const assets = (folder: string): RequestHandler => {
  const files = new Map<string, ReadyFile>(
    pathsIn(folder)
      .map((path) => [`/${relative(folder, path).replaceAll('\\', '/')}`, path] as const)
      .filter(([address]) => address !== '/index.html' && !address.includes('/.'))
      .map(([address, path]) => [address, fileAt(path)] as const),
  );
  return (request, response, next) => {
    const file = files.get(request.path);
    if (file === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    sendFile(request, response, file, request.path.startsWith('/assets/') ? `public, max-age=${String(YEAR_S)}, immutable` : 'no-cache');
  };
};
