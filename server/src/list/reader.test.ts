import { expect, it, vi } from 'vitest';
import { readListApart } from './reader.ts';

// A thread takes a while to start on a machine that has other things to do.
vi.setConfig({ testTimeout: 60_000 });

const context = { zone: 'Asia/Hong_Kong', from: '2026-03-08', to: '2026-03-12' };
const csv = (text: string) => ({ bytes: Buffer.from(text), format: 'csv', context }) as const;
const ONE = 'title,start,end\nTea,2026-03-09T10:00:00,2026-03-09T11:00:00\n';

it('reads a list in a thread of its own', async () => {
  const { entries, problems } = await readListApart(csv(ONE));
  expect([entries.map(({ title }) => title), problems]).toEqual([['Tea'], []]);
});

it('a list that takes too long is given up, and the next one is read', async () => {
  const [slow, next] = await Promise.all([readListApart(csv(ONE), 0), readListApart(csv(ONE))]);
  expect(slow).toEqual({ entries: [], problems: [{ line: 0, reason: expect.stringContaining('too long') as string }] });
  expect(next.entries).toHaveLength(1);
});

it('the event loop goes on while 10 MB are read', async () => {
  let turns = 0;
  const beat = setInterval(() => (turns += 1), 1);
  const { problems } = await readListApart({ bytes: Buffer.alloc(10 * 1024 * 1024, 'x,'), format: 'csv', context });
  clearInterval(beat);
  expect(problems.length).toBeGreaterThan(0);
  expect(turns).toBeGreaterThan(1);
});
