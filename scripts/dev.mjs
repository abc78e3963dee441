/** `npm run dev`: the node from its sources on port 3000, started anew at each change, and the client by Vite with its page before it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, ROOT, TSX, VITE } from './steps.mjs';

if (!(await install())) process.exit(1);

const start = ([program, ...args], cwd, env = {}) => spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
const node = start([...TSX, 'watch', '--clear-screen=false', 'server/src/main.ts'], ROOT, {
  PORT: '3000',
  // Vite passes requests on under the node's own host; their origin is the page that Vite serves.
  HUDDLE_ORIGINS: 'http://localhost:5173,http://127.0.0.1:5173',
});
const client = start([...VITE, '--clearScreen', 'false'], join(ROOT, 'client'));

/** Both or none. */
const stop = () => {
  node.kill('SIGTERM');
  client.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
for (const child of [node, client]) child.once('exit', stop);
