/** The embedded store's thread: one call after the other, so that a slow disk stalls nobody but those who wait for it (S5). */
import { parentPort, workerData } from 'node:worker_threads';
import type { PreparedCommit } from './commit.ts';
import { DataFile } from './embedded-file.ts';
import { troubleOf, type Trouble } from './embedded-trouble.ts';
import type { Head, Receipt } from './store.ts';

/** What the thread can be asked, and what it answers. */
export interface EmbeddedCalls {
  open: { ask: object; answer: undefined };
  load: { ask: { board: string }; answer: ReturnType<DataFile['load']> };
  commit: { ask: { board: string; commit: PreparedCommit; today: number }; answer: ReturnType<DataFile['commit']> };
  since: { ask: { board: string; head: Head }; answer: ReturnType<DataFile['since']> };
  receipts: { ask: { board: string; keys: readonly string[]; today: number }; answer: Receipt[] };
  heads: { ask: { boards: readonly string[] }; answer: Head[] };
  erase: { ask: object; answer: undefined };
  backup: { ask: { path: string }; answer: undefined };
  close: { ask: object; answer: undefined };
}
export type EmbeddedVerb = keyof EmbeddedCalls;
export type EmbeddedAsk = { [V in EmbeddedVerb]: { readonly number: number; readonly verb: V } & EmbeddedCalls[V]['ask'] }[EmbeddedVerb];
export type EmbeddedReply = { readonly number: number } & (
  | { readonly answer: unknown }
  | { readonly trouble: Trouble }
  /** Of a board that is being loaded: some of its records, as one JSON array. The answer follows. */
  | { readonly records: string }
);

const { path } = workerData as { path: string };
let file: DataFile | undefined;
/** Once the file cannot be trusted, nothing is read from or written to it any more. */
let unfit: Trouble | undefined;

const opened = (): DataFile => {
  if (!file) throw new Error('the data file is not open');
  return file;
};

const answer = (ask: EmbeddedAsk): unknown => {
  switch (ask.verb) {
    case 'open':
      file = new DataFile(path);
      return undefined;
    case 'load':
      return opened().load(ask.board, (records) => parentPort?.postMessage({ number: ask.number, records } satisfies EmbeddedReply));
    case 'commit':
      return opened().commit(ask.board, ask.commit, ask.today);
    case 'since':
      return opened().since(ask.board, ask.head);
    case 'receipts':
      return opened().receipts(ask.board, ask.keys, ask.today);
    case 'heads':
      return ask.boards.map((board) => opened().head(board));
    case 'erase':
      opened().erase();
      return undefined;
    case 'backup':
      opened().backup(ask.path);
      return undefined;
    case 'close':
      file?.close();
      return undefined;
  }
};

const reply = (ask: EmbeddedAsk): EmbeddedReply => {
  if (unfit && ask.verb !== 'close') return { number: ask.number, trouble: unfit };
  try {
    return { number: ask.number, answer: answer(ask) };
  } catch (error) {
    // A copy that fails says nothing about the file itself.
    if (ask.verb === 'backup')
      return { number: ask.number, trouble: { kind: 'away', sentence: `The copy to ${ask.path} failed (${String(error)}).` } };
    const trouble = troubleOf(error, path);
    if (trouble.kind === 'unfit') unfit = trouble;
    return { number: ask.number, trouble };
  }
};

parentPort?.on('message', (ask: EmbeddedAsk) => {
  parentPort?.postMessage(reply(ask));
  if (ask.verb === 'close') parentPort?.close();
});
