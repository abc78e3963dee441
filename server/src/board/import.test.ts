import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { ImportResult } from '@huddle/shared/import.ts';
import { describe, expect, it } from 'vitest';
import { ADMIN, MINUTE, NOON, type Scene, aBoard, key, person, post, resultOf } from './scene.ts';

type Entry = Extract<CommandInput, { type: 'importGatherings' }>['gatherings'][number];

const entry = (line: number, more: Partial<Entry> = {}): Entry => ({
  line,
  gathering: key(`imported${String(line)}`),
  title: `Party ${String(line)}`,
  start: NOON,
  end: NOON + 60 * MINUTE,
  ...more,
});

const bring = (scene: Scene, ...gatherings: Entry[]): ImportResult =>
  resultOf(scene.does(ADMIN, { type: 'importGatherings', gatherings })) as ImportResult;

describe('importing a list', () => {
  it('brings in what is new, and nothing the second time', () => {
    const scene = aBoard();
    const list = [entry(1, { uid: 'a@list' }), entry(2, { key: 'b' }), entry(3)];
    expect(bring(scene, ...list)).toEqual({ added: [1, 2, 3], changed: [], same: [], skipped: [] });
    const rev = scene.board.gathering(key('imported1'))?.rev;
    expect(bring(scene, ...list.map((line) => ({ ...line, gathering: key(`again${String(line.line)}`) })))).toMatchObject({
      same: [1, 2, 3],
    });
    expect(scene.board.gatherings.size).toBe(3);
    expect(scene.board.gathering(key('imported1'))?.rev).toBe(rev);
  });

  it('updates a changed line, and leaves what the list does not say', () => {
    const scene = aBoard();
    bring(scene, entry(1, { uid: 'a@list', description: 'long', capacity: 20, tags: ['x'] }));
    expect(bring(scene, entry(1, { uid: 'a@list', title: 'Great party', place: 'Roof' }))).toMatchObject({ changed: [1] });
    expect(scene.board.gathering(key('imported1'))).toMatchObject({
      title: 'Great party',
      place: 'Roof',
      description: 'long',
      capacity: 20,
      tags: ['x'],
    });
  });

  it('finds a gathering by title and start when the list has no ids of its own', () => {
    const scene = aBoard();
    bring(scene, entry(1, { key: 'blockdev' }));
    expect(bring(scene, entry(1, { gathering: key('csv'), price: 'FREE' }))).toMatchObject({ changed: [1], added: [] });
    expect(bring(scene, entry(1, { gathering: key('ics'), uid: 'blockdev@list' }))).toMatchObject({ changed: [1], added: [] });
    expect(scene.board.gathering(key('imported1'))).toMatchObject({ source: { key: 'blockdev', uid: 'blockdev@list' }, price: 'FREE' });
  });

  it('finds a gathering that people posted by the id that an export gave it, whatever its title is now', () => {
    const scene = aBoard().people('ann').given(person('ann'), post('tea'));
    const exported = entry(1, { gathering: key('tea'), title: 'Green tea', kind: 'corner' });
    expect(bring(scene, exported)).toMatchObject({ changed: [1], added: [] });
    expect(scene.board.gathering(key('tea'))?.title).toBe('Green tea');
  });

  it('takes the second of two entries under one id for a twin', () => {
    const twin = entry(2, { gathering: key('imported1') });
    expect(bring(aBoard(), entry(1), twin)).toMatchObject({ added: [1], skipped: [{ line: 2, field: 'key' }] });
  });

  it('keeps two gatherings apart that one list tells apart', () => {
    const scene = aBoard();
    bring(scene, entry(1, { uid: 'a@list', title: 'Yoga' }));
    expect(bring(scene, entry(2, { uid: 'b@list', title: 'Yoga' }))).toMatchObject({ added: [2] });
  });

  it('skips a bad line with its reason, and the rest goes in', () => {
    const scene = aBoard();
    const late = { start: NOON + 90 * 24 * 60 * MINUTE, end: NOON + 90 * 24 * 60 * MINUTE + MINUTE };
    const report = bring(scene, entry(1), entry(2, late), entry(3, { end: NOON - 1 }), entry(4, { title: 'Party 1' }));
    expect(report.added).toEqual([1]);
    expect(report.skipped).toEqual([
      { line: 2, field: 'start', reason: 'the board runs from 2026-03-08 to 2026-03-12' },
      { line: 3, field: 'end', reason: 'must be after the start' },
      { line: 4, field: 'key', reason: 'the same gathering as entry 1' },
    ]);
  });

  it('B3: a larger room promotes, and those concerned are told of another place', () => {
    const scene = aBoard().people('ann', 'ben');
    bring(scene, entry(1, { capacity: 1, place: 'Bar' }));
    const gathering = key('imported1');
    scene.given(person('ann'), { type: 'takeSeat', gathering }).given(person('ben'), { type: 'takeSeat', gathering });
    bring(scene, entry(1, { capacity: 2, place: 'Hall' }));
    expect([...scene.board.seats(gathering).answers.values()].map((answer) => answer.status)).toEqual(['going', 'going']);
    expect([...scene.board.noticesOf(gathering).values()]).toMatchObject([{ kind: 'moved', place: 'Hall' }]);
  });
});
