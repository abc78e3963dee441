/** `npm run bench`: every figure of the README, measured here and now. */
import { install, run, TSX } from './steps.mjs';

process.exit((await install()) ? await run([...TSX, 'bench/run.ts', ...process.argv.slice(2)]) : 1);
