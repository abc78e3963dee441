import { KINDS } from '@huddle/shared/gathering.ts';
import { COMMANDS } from '@huddle/shared/protocol.ts';
import { section } from '@huddle/shared/wording.ts';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Board } from './board/board.ts';
import { decide } from './board/decide.ts';
import { SAMPLE_ZONE, sampleWeek, type SampleStep } from './sample.ts';

/** The node's limits (X6): commands that one person may send at once. */
const AT_ONCE = 20;

let seed = 1;
const random = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, () => (seed = (seed * 48_271) % 2_147_483_647) % 256);

/** The sample board as the rules make it. @throws Error at the first step that is refused */
const played = (steps: readonly SampleStep[], now: number): Board => {
  const board = new Board();
  steps.forEach(({ board: slug, actor, command }, at) => {
    if (slug === '_') return;
    const decision = decide(board, v.parse(COMMANDS[command.type], command), { actor, now, id: `command-${at}` });
    if ('refusal' in decision) throw new Error(`${JSON.stringify(command)}: ${JSON.stringify(decision.refusal)}`);
    for (const id of decision.gone ?? []) board.put(id, undefined);
    for (const record of decision.put) board.put(record.id, record);
    board.rev += 1;
  });
  return board;
};

describe.each(['2026-11-20T14:07:12+08:00', '2026-11-20T23:58:00+08:00', '2026-11-21T00:03:00+08:00', '2026-12-31T09:30:00+08:00'])(
  'the sample week at %s',
  (clock) => {
    const now = Date.parse(clock);
    const steps = sampleWeek(now, SAMPLE_ZONE, random);
    const board = played(steps, now);
    const gatherings = [...board.gatherings.values()];
    const sections = (kind: string): number => gatherings.filter((gathering) => section(gathering, now, SAMPLE_ZONE).kind === kind).length;
    const seatsOf = (id: string) => board.seats(id.slice('gathering/'.length));

    it('is granted by the rules, step by step, within the limits of each person', () => {
      expect(gatherings.length).toBeGreaterThanOrEqual(30);
      const sent = new Map<string, number>();
      for (const { actor } of steps) if (actor.kind === 'person') sent.set(actor.id, (sent.get(actor.id) ?? 0) + 1);
      expect(Math.max(...sent.values())).toBeLessThanOrEqual(AT_ONCE);
    });

    it('shows every kind, and every section that the hour allows', () => {
      expect(new Set(gatherings.map(({ kind }) => kind))).toEqual(new Set(KINDS));
      for (const kind of ['over', 'now', 'soon', 'day']) expect(sections(kind)).toBeGreaterThanOrEqual(3);
      expect(gatherings.some(({ tags }) => tags.length > 1) && gatherings.some(({ title }) => title.length > 100)).toBe(true);
    });

    it('shows everything that can become of a gathering', () => {
      const full = gatherings.filter(({ id, capacity }) => capacity !== null && seatsOf(id).taken === capacity);
      expect(full.filter(({ id }) => seatsOf(id).queue.length > 0).length).toBeGreaterThanOrEqual(2);
      for (const { id, capacity } of gatherings) expect(seatsOf(id).taken).toBeLessThanOrEqual(capacity ?? Infinity);
      expect(gatherings.filter(({ closed }) => closed)).toHaveLength(1);
      expect(gatherings.filter(({ cancelled }) => cancelled)).toHaveLength(1);
      expect(gatherings.filter(({ placeFor }) => placeFor === 'going')).toHaveLength(1);
      const notices = steps.map(({ command }) => command.type);
      expect(notices).toEqual(expect.arrayContaining(['moveGathering', 'postponeGathering', 'sendNotice', 'announce', 'putPlace']));
    });

    it('speaks English, 繁體 and 简体', () => {
      const languages = new Set(gatherings.flatMap((gathering) => gathering.languages));
      expect([...languages]).toEqual(expect.arrayContaining(['en', 'zh-Hant', 'zh-Hans']));
    });
  },
);
