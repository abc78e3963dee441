/** `npm run faults`: what breaks around a board, and what comes of it. */
import { install, run, TSX } from './steps.mjs';

process.exit((await install()) ? await run([...TSX, 'rig/fault/run.ts', ...process.argv.slice(2)]) : 1);
