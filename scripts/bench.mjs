/** `npm run bench`: every figure of the README, measured here and now. */
import { buildUnlessBuilt } from './build.mjs';
import { install, run, TSX } from './steps.mjs';

process.exit((await install()) && (await buildUnlessBuilt()) ? await run([...TSX, 'bench/run.ts', ...process.argv.slice(2)]) : 1);
