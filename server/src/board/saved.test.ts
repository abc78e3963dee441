/** B9: a board saved by each release is loaded by this one. A release adds its file and changes none. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Board } from './board.ts';
import type { StoredRecord } from './records.ts';
import { viewsFor } from './views.ts';

const folder = new URL('saved/', import.meta.url);

interface Saved {
  readonly rev: number;
  readonly records: readonly StoredRecord[];
  /** What everybody saw of it then. */
  readonly public: readonly { readonly id: string }[];
}

describe.each(readdirSync(folder))('B9: the board saved by release %s', (file) => {
  const saved = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Saved;
  const board = new Board();
  for (const record of saved.records) board.put(record.id, record);

  it('shows at least what it showed then', () => {
    const now = new Map(viewsFor(board, 'public').map((view) => [view.id as string, view]));
    for (const view of saved.public) expect(now.get(view.id)).toMatchObject(view);
    expect(now.size).toBe(saved.public.length);
  });

  it('keeps every field it had', () => {
    for (const record of saved.records) expect(board.records.get(record.id)).toMatchObject(record);
  });
});
