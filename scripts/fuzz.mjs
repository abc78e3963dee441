/** `npm run fuzz`: frames that nobody honest sends, thrown at a node (X3). */
import { install, run, TSX } from './steps.mjs';

process.exit((await install()) ? await run([...TSX, 'rig/fuzz-run.ts', ...process.argv.slice(2)]) : 1);
