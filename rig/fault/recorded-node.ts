/**
 * A node with the embedded store that writes down each commit: before it asks the store, and what the store said; and at which rev it finds
 * the store. What a process has written outlives its own end, so that `kill -9` leaves at most the last outcome open, until the next start.
 */
import { appendFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { pino, stdSerializers } from 'pino';
import { createApp } from '../../server/src/app.ts';
import { openEmbeddedStore } from '../../server/src/store/embedded.ts';
import type { Head, Store } from '../../server/src/store/store.ts';
import type { RecordedLine } from './record.ts';

const { HUDDLE_DATA = '', HUDDLE_ADMIN_TOKEN = '', PORT = '0', RECORD = '' } = process.env;

const recording = (store: Store): Store => {
  let count = 0;
  const seen = new Map<string, number>();
  const write = (line: RecordedLine): void => appendFileSync(RECORD, `${JSON.stringify(line)}\n`);
  const stands = (board: string, { rev }: Head): void => {
    if ((seen.get(board) ?? -1) >= rev) return;
    seen.set(board, rev);
    write({ kind: 'stands', board, rev });
  };
  return {
    load: async (board, take) => {
      const state = await store.load(board, take);
      stands(board, state.head);
      return state;
    },
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
    heads: async (boards) => {
      const heads = await store.heads(boards);
      for (const [index, head] of heads.entries()) stands(boards[index] ?? '', head);
      return heads;
    },
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
  log: pino({ level: 'warn', base: null, serializers: { error: stdSerializers.err } }),
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
