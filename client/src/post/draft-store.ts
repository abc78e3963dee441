/** Keeps the draft of a post on the phone until its gathering is acknowledged: a reload, or the post sent twice, makes one gathering. */
import { recall, remember } from '../live/memory.ts';
import { emptyDraft, isEmpty, type Draft } from './draft.ts';

const draftOf = (slug: string): string => `draft.${slug}`;
const placeOf = (slug: string): string => `last-place.${slug}`;

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

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The draft kept for this board, or a new one under `newId`. */
export const loadDraft = (slug: string, newId: () => string): Draft => {
  const kept = parse(recall(draftOf(slug)) ?? '');
  return isDraft(kept) ? kept : emptyDraft(newId());
};

/** Keeps the draft; an empty one is forgotten. */
export const saveDraft = (slug: string, draft: Draft): void => remember(draftOf(slug), isEmpty(draft) ? undefined : JSON.stringify(draft));

/** Forgets the draft of this board. */
export const dropDraft = (slug: string): void => remember(draftOf(slug));

/** The place of my last post on this board: the next one's default. */
export const lastPlace = (slug: string): string => recall(placeOf(slug)) ?? '';

/** Remembers where I posted last. */
export const keepPlace = (slug: string, place: string): void => {
  if (place !== '') remember(placeOf(slug), place);
};
