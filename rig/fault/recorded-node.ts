/**
 * A node with the embedded store that writes down each commit: before it asks the store, and what the store said. What a process has written
 * outlives its own end, so that `kill -9` leaves at most the last outcome open.
 */
import { appendFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { createApp } from '../../server/src/app.ts';
import { openEmbeddedStore } from '../../server/src/store/embedded.ts';
import type { Store } from '../../server/src/store/store.ts';
import type { RecordedLine } from './record.ts';

const { HUDDLE_DATA = '', HUDDLE_ADMIN_TOKEN = '', PORT = '0', RECORD = '' } = process.env;

const recording = (store: Store): Store => {
  let count = 0;
  const write = (line: RecordedLine): void => appendFileSync(RECORD, `${JSON.stringify(line)}\n`);
  return {
    load: (board) => store.load(board),
    commit: async (board, head, change, receipts) => {
      const number = `${String(process.pid)}-${String((count += 1))}`;
      write({ number, board, rev: head.rev + 1, put: change.put, gone: change.gone, receipts });
      const answer = await store.commit(board, head, change, receipts);
      write({ number, kind: answer.kind });
      return answer;
    },
    since: (board, head) => store.since(board, head),
    receipts: (board, keys) => store.receipts(board, keys),
    erase: () => store.erase(),
    heads: (boards) => store.heads(boards),
    watch: (board, listener) => store.watch(board, listener),
    onHealth: (listener) => store.onHealth(listener),
    get health() {
      return store.health;
    },
    close: () => store.close(),
  };
};

const store = recording(await openEmbeddedStore({ folder: HUDDLE_DATA, now: Date.now }));
const app = await createApp({
  store,
  adminToken: HUDDLE_ADMIN_TOKEN,
  config: { origins: [], publicUrl: undefined, pushContact: undefined, sessionSecrets: undefined, trustProxy: false },
  log: pino({ level: 'warn', base: null }),
  random: (bytes) => randomBytes(bytes),
  now: Date.now,
});
process.once(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => store.close())
      .then(() => process.exit(0)),
);
await app.listen(Number(PORT), '127.0.0.1');
