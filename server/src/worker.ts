/** Threads of this process. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread. In the bundle its code is JavaScript beside the bundle; in development TypeScript, which a thread must first be taught to
 * read. @param source where the TypeScript lies, as a file URL; in the bundle it has the same name without folders
 */
export const startWorker = (source: URL, options: WorkerOptions = {}): Worker => {
  if (!import.meta.url.endsWith('.ts')) {
    const name = source.pathname.replace(/^.*\//, '').replace(/\.ts$/, '.js');
    return new Worker(new URL(`./${name}`, import.meta.url), options);
  }
  // The module that `import` gets lies beside the one that `require` resolves to.
  const tsx = new URL('index.mjs', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api'))).href;
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(source.href)}); });`;
  return new Worker(code, { ...options, eval: true });
};
