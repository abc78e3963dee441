/** `npm run pictures`: the pictures of the README, taken of the client as it is now. */
import { install, pictures, runSteps } from './steps.mjs';

await runSteps([
  ['install', install],
  ['pictures', pictures],
]);
