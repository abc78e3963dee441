/** `npm run lighthouse`: the pages as Lighthouse sees them on a phone (U1), and when the board is shown (P10). */
import { buildUnlessBuilt } from './build.mjs';
import { install, program, runSteps, TSX } from './steps.mjs';

await runSteps([
  ['install', install],
  ['build', buildUnlessBuilt],
  ['lighthouse', program([...TSX, 'e2e/lighthouse/run.ts'])],
]);
