/** The board in order: what is on now, soon, later today, by day, and what is over. Everything from the server's clock (B8). */
import type { CardView } from '@huddle/shared/gathering.ts';
import { section, type Section } from '@huddle/shared/wording.ts';
import { keyOf } from '../live/api.ts';

/** `key` is stable from beat to beat; `day` for a section of a day, `YYYY-MM-DD` in venue time. */
export interface BoardSection {
  readonly key: string;
  readonly kind: Section['kind'];
  readonly day?: string;
  /** Keys of gatherings, in order. */
  readonly ids: readonly string[];
}

const ORDER = { now: 0, soon: 1, today: 2, day: 3, over: 4 } as const;

const compare = (a: CardView, b: CardView): number => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1);

export const sectionsOf = (cards: readonly CardView[], now: number, zone: string): readonly BoardSection[] => {
  const bins = new Map<string, { readonly where: Section; readonly cards: CardView[] }>();
  for (const card of cards) {
    const where = section(card, now, zone);
    const key = where.kind === 'day' ? where.day : where.kind;
    const bin = bins.get(key);
    if (bin === undefined) bins.set(key, { where, cards: [card] });
    else bin.cards.push(card);
  }
  return [...bins]
    .sort(([keyA, a], [keyB, b]) => ORDER[a.where.kind] - ORDER[b.where.kind] || (keyA < keyB ? -1 : 1))
    .map(([key, { where, cards: inside }]) => {
      // What was over last is looked for most.
      inside.sort(where.kind === 'over' ? (a, b) => b.end - a.end || compare(a, b) : compare);
      return { key, kind: where.kind, ...(where.kind === 'day' ? { day: where.day } : {}), ids: inside.map(keyOf) };
    });
};

/** Whether two orders show the same: then nothing has to move. */
export const sameOrder = (a: readonly BoardSection[], b: readonly BoardSection[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return (
      other !== undefined && one.key === other.key && one.ids.length === other.ids.length && one.ids.every((id, at) => id === other.ids[at])
    );
  });

/** Of each section what has been made; what is over is folded away, and has its place at once. */
export const madeOf = (sections: readonly BoardSection[], made: ReadonlySet<string>): readonly BoardSection[] =>
  sections
    .map((one) => ({ ...one, ids: one.ids.filter((id) => made.has(id)) }))
    .filter(({ kind, ids }) => kind === 'over' || ids.length > 0);
