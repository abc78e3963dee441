/** X3: files made to be read for ever, or to the end of the stack. They are read to an answer, and nothing is thrown. */
import { expect, it } from 'vitest';
import type { ListFormat } from './format.ts';
import { readList } from './import.ts';

const context = { zone: 'Asia/Hong_Kong', from: '2026-03-08', to: '2026-03-12', makeId: () => 'made-00001' };
const MB = 1024 * 1024;

/** As large as it takes to overflow a stack; the very largest are read by hand. */
const BOMBS: readonly (readonly [what: string, format: ListFormat, text: string])[] = [
  ['a row of a million cells', 'csv', 'x,'.repeat(MB)],
  ['a quote that never ends', 'csv', `title,start,end\n"${'a'.repeat(4 * MB)}`],
  ['brackets that never end', 'json', '['.repeat(4 * MB)],
  ['brackets that all end', 'json', '['.repeat(2 * MB) + ']'.repeat(2 * MB)],
  ['objects in objects', 'json', '{"events":'.repeat(200_000)],
];

it.each(BOMBS)('%s', { timeout: 60_000 }, (_what, format, text) => {
  const { entries, problems } = readList(Buffer.from(text), format, context);
  expect([entries, problems.length > 0]).toEqual([[], true]);
});

it('brackets in texts are none', () => {
  const event = { title: `${'['.repeat(100)} "\\" {`, start: '2026-03-09T10:00:00', end: '2026-03-09T11:00:00' };
  const { entries } = readList(Buffer.from(JSON.stringify([event])), 'json', context);
  expect(entries.map(({ title }) => title)).toEqual([event.title]);
});
