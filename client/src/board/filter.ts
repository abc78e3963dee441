/** What of the board to show. Kept in the address, so that back, forth and a shared link bring it back. */
import { fold, matches } from '@huddle/shared/fold.ts';
import { KINDS, type CardView, type Kind, type SeatsView } from '@huddle/shared/gathering.ts';

export interface Filter {
  /** Words to find; empty for all. */
  readonly words: string;
  readonly kind: Kind | '';
  readonly tag: string;
  readonly language: string;
  readonly place: string;
  readonly freeSeats: boolean;
  readonly mine: boolean;
}

/** Each part of the filter by its word in the query. */
export const QUERY = { words: 'q', kind: 'kind', tag: 'tag', language: 'lang', place: 'place', freeSeats: 'free', mine: 'mine' } as const;

export const filterOf = (query: ReadonlyMap<string, string>): Filter => ({
  words: query.get(QUERY.words) ?? '',
  kind: KINDS.find((kind) => kind === query.get(QUERY.kind)) ?? '',
  tag: query.get(QUERY.tag) ?? '',
  language: query.get(QUERY.language) ?? '',
  place: query.get(QUERY.place) ?? '',
  freeSeats: query.has(QUERY.freeSeats),
  mine: query.has(QUERY.mine),
});

export const isFiltering = ({ words, kind, tag, language, place, freeSeats, mine }: Filter): boolean =>
  freeSeats || mine || [words, kind, tag, language, place].some((word) => word !== '');

// A card is replaced whole when it changes, so what is made of one may be kept as long as it.
const haystacks = new WeakMap<CardView, string>();

const haystack = (card: CardView): string => {
  let text = haystacks.get(card);
  if (text === undefined) {
    text = fold([card.title, card.second?.title ?? '', card.place ?? '', ...card.hosts, ...(card.tags ?? [])].join('\n'));
    haystacks.set(card, text);
  }
  return text;
};

/** Whether somebody could still get in. */
export const hasFreeSeats = ({ capacity, closed, cancelled, end }: CardView, seats: SeatsView | undefined, now: number): boolean =>
  !closed && !cancelled && end > now && (capacity === undefined || (seats?.taken ?? 0) < capacity);

/** Whether a card is in. What is asked of seats and of me comes from the caller, who knows the live board. */
export const isIn = (filter: Filter, card: CardView, ask: { readonly free: () => boolean; readonly mine: () => boolean }): boolean =>
  (filter.kind === '' || card.kind === filter.kind) &&
  (filter.tag === '' || (card.tags?.some((tag) => fold(tag) === fold(filter.tag)) ?? false)) &&
  (filter.language === '' || (card.languages?.includes(filter.language) ?? false)) &&
  (filter.place === '' || card.place === filter.place) &&
  (!filter.mine || ask.mine()) &&
  (!filter.freeSeats || ask.free()) &&
  (filter.words.trim() === '' || matches(haystack(card), filter.words.trim()));
