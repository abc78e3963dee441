import type { ImportedGathering } from '@huddle/shared/import.ts';
import type { Ack } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import type { ServedBoard } from '../live/api.ts';
import { importList } from './import.ts';

type Submit = Pick<ServedBoard, 'submit'>;

interface Sent {
  readonly id: string;
  readonly type: string;
  readonly gatherings: readonly ImportedGathering[];
}

/** A board that answers as it is told, and remembers what it was sent. */
const boardThat = (answer: (sent: Sent, time: number) => Ack): { board: Submit; sent: Sent[] } => {
  const sent: Sent[] = [];
  const submit = (command: unknown): Promise<Ack> => {
    sent.push(command as Sent);
    return Promise.resolve(answer(command as Sent, sent.length));
  };
  return { board: { submit }, sent };
};
const added = ({ gatherings }: Sent): Ack => ({
  ok: true,
  rev: 1,
  result: { added: gatherings.map(({ line }) => line), changed: [], same: [], skipped: [] },
});
const entries: ImportedGathering[] = Array.from({ length: 450 }, (_, at) => ({
  line: at + 1,
  gathering: `id-${at}-xxxxx`,
  title: `g${at}`,
  start: 1,
  end: 2,
}));

describe('a list', () => {
  const parts = (waited: number[] = [], progress: string[] = []) => {
    let made = 0;
    return {
      makeId: () => `command-${(made += 1)}`,
      wait: (ms: number) => Promise.resolve(void waited.push(ms)),
      onProgress: (done: number, of: number) => void progress.push(`${done}/${of}`),
    };
  };

  it('goes in by 200, and the report counts all of it', async () => {
    const progress: string[] = [];
    const { board, sent } = boardThat(added);
    const outcome = await importList(board, { kind: 'admin' }, { entries, problems: [{ line: 7, reason: 'cut' }] }, parts([], progress));
    expect(sent.map(({ id, gatherings }) => `${id} ${gatherings.length}`)).toEqual(['command-1 200', 'command-2 200', 'command-3 50']);
    expect(outcome).toEqual({ report: { added: 450, changed: 0, same: 0, skipped: [{ line: 7, field: '', reason: 'cut' }] } });
    expect(progress).toEqual(['0/450', '200/450', '400/450', '450/450']);
  });

  it('B7: is sent again under the same id while the store is away', async () => {
    const waited: number[] = [];
    const { board, sent } = boardThat((command, time) => (time < 3 ? { ok: false, code: 'retry', retryAfterMs: 700 } : added(command)));
    const outcome = await importList(board, { kind: 'admin' }, { entries: entries.slice(0, 3), problems: [] }, parts(waited));
    expect(sent.map(({ id }) => id)).toEqual(['command-1', 'command-1', 'command-1']);
    expect([waited, outcome.report.added]).toEqual([[700, 700], 3]);
  });

  it('stops at a refusal, and says how far it came', async () => {
    const { board, sent } = boardThat((command, time) => (time === 1 ? added(command) : { ok: false, code: 'forbidden' }));
    const outcome = await importList(board, { kind: 'person', id: 'p' }, { entries, problems: [] }, parts());
    expect(sent).toHaveLength(2);
    expect(outcome).toEqual({ report: { added: 200, changed: 0, same: 0, skipped: [] }, refusal: { code: 'forbidden' } });
  });

  it('gives up on a store that stays away', async () => {
    const { board, sent } = boardThat(() => ({ ok: false, code: 'retry' }));
    const outcome = await importList(board, { kind: 'admin' }, { entries: entries.slice(0, 1), problems: [] }, parts());
    expect([sent.length, outcome.refusal]).toEqual([20, { code: 'retry' }]);
  });
});
