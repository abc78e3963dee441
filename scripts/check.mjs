/** `npm run check`: everything that needs no server and no browser. Run it before each commit. */
import { bin, program, runSteps, vitest } from './steps.mjs';
import { types } from './types.mjs';

await runSteps([
  ['format', program([...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])],
  ['lint', program([...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'])],
  ...types,
  ['unit', vitest('unit')],
]);
