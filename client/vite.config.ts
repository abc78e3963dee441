import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const NODE = 'http://127.0.0.1:3000';

/** The one file that a node draws first looks with (P10): everything is in it, so that it runs wherever it lies. */
const forNode: UserConfig = {
  plugins: [svelte()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/.first-look',
    target: 'node20',
    copyPublicDir: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
};

/** The files that a drawn page comes alive with. */
const STARTS = ['first', 'index', 'live', 'GatheringPage', 'PostPage'];

/**
 * Most functions in them are called at once. Chrome then compiles them while they come, on a thread of their own, and not one by
 * one in the turn that makes the page alive, which took twice as long (U1). https://v8.dev/blog/explicit-compile-hints
 */
const calledOnLoad: Plugin = {
  name: 'called-on-load',
  generateBundle: {
    // Vite puts lines of its own at the top, and what is meant for all of a file has to come first.
    order: 'post',
    handler(_, bundle) {
      const files = Object.values(bundle).filter((file) => file.type === 'chunk');
      for (const name of STARTS) {
        const file = files.find((each) => each.name === name);
        if (file === undefined) this.error(`no file is called ${name}: which ones does a page come alive with now?`);
        file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      }
    },
  },
};

const forPhones: UserConfig = {
  plugins: [svelte(), calledOnLoad],
  // Lowers nesting and `light-dark()` for the browsers of `cssTarget`.
  css: { transformer: 'lightningcss' },
  build: {
    // Chrome 90 and Safari 15 read ES2022 but for class static blocks, which nothing here uses; naming the browsers instead would
    // rewrite every class for the sake of bugs in corners, at 3 KB.
    target: 'es2022',
    cssTarget: ['chrome90', 'safari15', 'firefox90'],
    // `scripts/size.mjs` and the server's page read what a screen needs from it.
    manifest: true,
    rolldownOptions: {
      output: {
        // All that the board's first look needs is one file: many small ones compress worse, by 4 KB, and come one after the other. Not
        // `main.ts`, which awaits its language: a file that imports what waits for it would wait for ever.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], test: /^(?!.*(?:index\.html|main\.ts)$)/, priority: 1 },
            // What makes the board live comes right after, with nothing of the screens that share some of it.
            { name: 'live', test: /\/live\/engine\.ts$/, priority: 0.5 },
            // What several screens share is one file more, not two dozen: a phone of little strength pays for each that it asks for.
            { name: 'shared', minShareCount: 2, test: /\/client\/src\/(?!text\/)/ },
          ],
        },
      },
      treeshake: {
        // Phones load no schema: making one has no effect, and neither has reading a limit for it.
        manualPureFunctions: ['v', 'lineSchema', 'proseSchema', 'base64url'],
        propertyReadSideEffects: false,
      },
    },
    modulePreload: { polyfill: false },
    // The page's content security policy allows no `data:` addresses.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': NODE,
      '^/b/.*\\.ics$': NODE,
      '/socket.io': { target: NODE, ws: true },
    },
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild === true ? forNode : forPhones));
