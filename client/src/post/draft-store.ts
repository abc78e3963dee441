/** Keeps the draft of a post on the phone until its gathering is acknowledged: a reload, or the post sent twice, makes one gathering. */
import { emptyDraft, isEmpty, type Draft } from './draft.ts';

/** Where drafts are kept: `localStorage`, or what stands in for it where a browser refuses one. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyFor = (slug: string): string => `huddle.draft.${slug}`;
const placeKeyFor = (slug: string): string => `huddle.last-place.${slug}`;

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'gathering' in value &&
  typeof value.gathering === 'string' &&
  'line' in value &&
  typeof value.line === 'string' &&
  'touched' in value &&
  typeof value.touched === 'object' &&
  value.touched !== null;

/** A private window may refuse storage by throwing; the draft then lives as long as the page. */
const quietly = <T>(action: () => T, otherwise: T): T => {
  try {
    return action();
  } catch {
    return otherwise;
  }
};

/** The draft kept for this board, or a new one under `newId`. */
export const loadDraft = (slug: string, newId: () => string, storage: DraftStorage = localStorage): Draft =>
  quietly(() => {
    const kept: unknown = JSON.parse(storage.getItem(keyFor(slug)) ?? 'null');
    return isDraft(kept) ? kept : emptyDraft(newId());
  }, emptyDraft(newId()));

/** Keeps the draft; an empty one is forgotten. */
export const saveDraft = (slug: string, draft: Draft, storage: DraftStorage = localStorage): void =>
  quietly(() => (isEmpty(draft) ? storage.removeItem(keyFor(slug)) : storage.setItem(keyFor(slug), JSON.stringify(draft))), undefined);

/** Forgets the draft of this board. */
export const dropDraft = (slug: string, storage: DraftStorage = localStorage): void =>
  quietly(() => storage.removeItem(keyFor(slug)), undefined);

/** The place of my last post on this board: the next one's default. */
export const lastPlace = (slug: string, storage: DraftStorage = localStorage): string =>
  quietly(() => storage.getItem(placeKeyFor(slug)) ?? '', '');

/** Remembers where I posted last. */
export const keepPlace = (slug: string, place: string, storage: DraftStorage = localStorage): void =>
  quietly(() => (place === '' ? undefined : storage.setItem(placeKeyFor(slug), place)), undefined);
