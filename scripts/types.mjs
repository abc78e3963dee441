/** `npm run types`: each folder with what it may see – `shared` and the rules without Node, the client with the DOM. */
import { pathToFileURL } from 'node:url';
import { bin, program, runSteps } from './steps.mjs';

const FOLDERS = ['.', 'shared', 'server/src/board', 'server', 'client/worker', 'rig', 'bench', 'e2e'];
const SVELTE_CHECK = [
  ...bin('svelte-check/bin/svelte-check'),
  '--tsconfig',
  'client/tsconfig.json',
  '--fail-on-warnings',
  '--output',
  'human',
];

/** As steps for other scripts. */
export const types = [
  ...FOLDERS.map((folder) => [`types ${folder}`, program([...bin('typescript/bin/tsc'), '-p', folder])]),
  ['types client', program(SVELTE_CHECK)],
];

if (import.meta.url === pathToFileURL(process.argv[1]).href) await runSteps(types);
