/** `npm start`: installs and builds what is not there or not current, then runs the node. Settings: `.env.example`. */
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { install, ROOT, run, runSteps } from './steps.mjs';

const leave = (code) => process.exit(code);

if (!(await install())) leave(1);
if (!isBuilt()) {
  console.log('Building – the next start takes a second.');
  await runSteps(build);
  if (process.exitCode) leave(process.exitCode);
}
leave(await run([process.execPath, '--enable-source-maps', join(ROOT, 'server', 'dist', 'main.js')]));
