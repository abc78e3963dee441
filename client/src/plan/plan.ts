/** My plan, derived from the views: what I go to, wait for or host, in the order in which I get there. */
import type { CardView } from '@huddle/shared/gathering.ts';
import { dayOf, HOUR, MINUTE } from '@huddle/shared/time.ts';
import { keyOf, type LiveBoardApi } from '../live/api.ts';

/** How to get to a gathering from the one before it. `minutes`: time there is for it; absent where there is plenty. */
export type Way =
  { readonly kind: 'stay'; readonly place: string } | { readonly kind: 'walk'; readonly place: string; readonly minutes?: number };

export interface PlanItem {
  readonly key: string;
  readonly card: CardView;
  readonly status: 'going' | 'waitlisted' | 'hosting';
  /** As I may see it; empty where nobody said. */
  readonly place: string;
  /** What takes place at the same time. */
  readonly overlaps: readonly CardView[];
  readonly way?: Way;
}

export interface PlanDay {
  /** `YYYY-MM-DD` in venue time. */
  readonly day: string;
  readonly items: readonly PlanItem[];
}

type PlanSource = Pick<LiveBoardApi, 'view' | 'views'>;
type Bare = Omit<PlanItem, 'overlaps' | 'way'>;

/** Above this there is no hurry. */
const PLENTY_MS = 2 * HOUR;

/** What I go to, wait for or host, in no order. */
export const mineOf = (live: PlanSource): Bare[] => {
  const keys = new Set([...live.views('hosting').map(keyOf), ...live.views('my-rsvp').map(keyOf)]);
  return [...keys].flatMap((key): Bare[] => {
    const card = live.view('card', key);
    const rsvp = live.view('my-rsvp', key);
    const hosting = live.view('hosting', key);
    const answered = rsvp?.status === 'going' || rsvp?.status === 'waitlisted' ? rsvp.status : undefined;
    const status = answered ?? (hosting === undefined ? undefined : 'hosting');
    if (card === undefined || status === undefined) return [];
    return [{ key, card, status, place: rsvp?.place ?? hosting?.place ?? card.place ?? '' }];
  });
};

/** By start; of those that start together, first those where one is already, the rest place by place. */
const inOrder = (items: readonly Bare[]): Bare[] => {
  const left = [...items].sort((a, b) => a.card.start - b.card.start || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  const ordered: Bare[] = [];
  while (left.length > 0) {
    const start = left[0]?.card.start;
    const here = ordered.at(-1)?.place;
    const next = Math.max(
      0,
      left.findIndex((item) => item.card.start === start && item.place === here),
    );
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
};

const takesPlace = ({ card }: Bare): boolean => card.cancelled !== true;

const overlapping = (a: Bare, b: Bare): boolean =>
  a !== b && takesPlace(a) && takesPlace(b) && a.card.start < b.card.end && b.card.start < a.card.end;

const wayTo = (item: Bare, before: Bare | undefined): Way | undefined => {
  if (before === undefined || item.place === '' || before.place === '' || !takesPlace(item)) return undefined;
  if (item.place === before.place) return { kind: 'stay', place: item.place };
  const time = item.card.start - before.card.end;
  return { kind: 'walk', place: item.place, ...(time >= 0 && time <= PLENTY_MS ? { minutes: Math.round(time / MINUTE) } : {}) };
};

/** The days of my plan, in order, without what is over by `now` (epoch ms). */
export const planDays = (live: PlanSource, now: number, zone: string): PlanDay[] => {
  const items = inOrder(mineOf(live).filter(({ card }) => card.end > now));
  const days = new Map<string, PlanItem[]>();
  let before: Bare | undefined;
  for (const item of items) {
    const day = dayOf(item.card.start, zone);
    const there = days.get(day) ?? [];
    const way = there.length === 0 ? undefined : wayTo(item, before);
    const overlaps = items.filter((other) => overlapping(item, other)).map(({ card }) => card);
    days.set(day, [...there, { ...item, overlaps, ...(way === undefined ? {} : { way }) }]);
    if (takesPlace(item)) before = item;
  }
  return [...days].map(([day, of]) => ({ day, items: of }));
};
