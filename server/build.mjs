/** Bundles the server into `dist`: its own code and `shared` in one file each, packages as they are installed. */
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

rmSync(join(here, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: {
    main: 'src/main.ts',
    cli: 'src/cli.ts',
    'list-worker': 'src/list/list-worker.ts',
    'embedded-worker': 'src/store/embedded-worker.ts',
    'picture-worker': 'src/picture/picture-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  // What is ours is bundled, because Node does not read TypeScript; the rest stays where npm put it.
  external: Object.keys(dependencies).filter((name) => !name.startsWith('@huddle/')),
});

// The store reads its scripts from beside itself.
for (const name of readdirSync(join(here, 'src/store')).filter((file) => file.endsWith('.lua'))) {
  cpSync(join(here, 'src/store', name), join(here, 'dist', name));
}
