/** `npm run check`: everything that needs no server and no browser. Run it before each commit. */
import { pathToFileURL } from 'node:url';
import { advisories } from './advisories.mjs';
import { buildClient, size } from './build.mjs';
import { bin, program, runSteps, vitest } from './steps.mjs';
import { types } from './types.mjs';

/** As steps for other scripts. */
export const checks = [
  ['format', program([...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])],
  ['lint', program([...bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'])],
  ['unused', program([...bin('knip/bin/knip.js'), '--no-config-hints'])],
  ['advisories', advisories],
  ...types,
  ['unit', vitest('unit')],
];

if (import.meta.url === pathToFileURL(process.argv[1]).href) await runSteps([...checks, buildClient, size]);
