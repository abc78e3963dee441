/**
 * Loaded into a node before its program: ends it when whoever started it is gone, however that one ended – a rig that was killed leaves no
 * servers behind. The line is the process's standard input, which the system closes.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.stdin.once('end', () => process.exit(1)).resume();
  // It does not keep alive what has nothing left to do.
  if ('unref' in process.stdin) process.stdin.unref();
}
