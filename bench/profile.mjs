/**
 * Loaded by a node that is profiled (`npm run bench -- --profile commit`): samples its thread from the first moment, and leaves a `.cpuprofile`
 * beside this file when the thread ends. Chromium's developer tools show it. JavaScript, because it is read before anything else is.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { threadId } from 'node:worker_threads';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.once('exit', () => {
  session.post('Profiler.stop', (error, { profile } = {}) => {
    if (error === null) writeFileSync(new URL(`${process.pid}-${threadId}.cpuprofile`, import.meta.url), JSON.stringify(profile));
  });
});
