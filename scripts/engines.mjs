/** `npm run engines`: the main story on Chromium, WebKit's engine and Firefox, as far as they are installed (U4). */
import { buildUnlessBuilt } from './build.mjs';
import { engines, install, runSteps } from './steps.mjs';

await runSteps([
  ['install', install],
  ['build', buildUnlessBuilt],
  ['engines', engines(process.argv.slice(2))],
]);
