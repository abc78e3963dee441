/** `npm run build`: the client, its compressed copies, and the server. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { program, ROOT, run, runSteps, VITE } from './steps.mjs';

const CLIENT = join(ROOT, 'client', 'dist');
/** The last thing that a build writes: what is newer than it has not been built. */
const BUILT = join(ROOT, 'server', 'dist', 'main.js');

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** A compressed copy beside each text of the client, made once here so that no request waits for it. */
const compress = () => {
  for (const file of filesIn(CLIENT).filter((name) => /\.(js|css|svg|json|webmanifest|txt)$/.test(name))) {
    const plain = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }));
  }
  return true;
};

/** As steps for other scripts. */
export const buildClient = ['build client', program([...VITE, 'build', '--logLevel', 'warn'], { cwd: join(ROOT, 'client') })];
const buildFirstLook = [
  'build first look',
  program([...VITE, 'build', '--ssr', 'src/first-look.ts', '--logLevel', 'warn'], { cwd: join(ROOT, 'client') }),
];
export const size = ['size', program([process.execPath, 'scripts/size.mjs'])];
export const build = [
  buildClient,
  buildFirstLook,
  ['build worker', program([process.execPath, 'client/build-worker.mjs'])],
  ['compress', async () => compress()],
  ['build server', async () => (await run([process.execPath, join(ROOT, 'server', 'build.mjs')])) === 0],
];

/** Whether what is built was built from the sources as they are now. */
export const isBuilt = () => {
  if (!existsSync(BUILT) || !existsSync(join(CLIENT, 'index.html'))) return false;
  const builtAt = statSync(BUILT).mtimeMs;
  const files = [
    'package-lock.json',
    'client/index.html',
    'client/vite.config.ts',
    'client/build-worker.mjs',
    'server/build.mjs',
    'server/package.json',
  ].map((name) => join(ROOT, name));
  const folders = ['shared/src', 'server/src', 'client/src', 'client/worker', 'client/public']
    .map((name) => join(ROOT, name))
    .filter((name) => existsSync(name));
  return [...files, ...folders.flatMap(filesIn)].every((file) => !existsSync(file) || statSync(file).mtimeMs <= builtAt);
};

/** A step that builds what is not built yet. */
export const buildUnlessBuilt = async () => isBuilt() || (await run([process.execPath, join(ROOT, 'scripts', 'build.mjs')])) === 0;

if (import.meta.url === pathToFileURL(process.argv[1]).href) await runSteps(build);
