/** Editing a gathering: what the form holds, and the command of what was changed. */
import type { CardView, DetailsView } from '@huddle/shared/gathering.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { secondToSend, type Touched } from '../post/draft.ts';

/** What can be edited; place and time have commands of their own. */
export type Edited = Required<
  Pick<
    Touched,
    'title' | 'kind' | 'capacity' | 'partyMax' | 'tags' | 'description' | 'link' | 'placeFor' | 'releaseAfter' | 'languages' | 'second'
  >
>;

/** How the gathering is now. */
export const editedFrom = (card: CardView, details: DetailsView | undefined): Edited => ({
  title: card.title,
  kind: card.kind,
  capacity: card.capacity ?? null,
  partyMax: card.partyMax ?? 1,
  tags: [...(card.tags ?? [])],
  description: details?.description ?? '',
  link: details?.link ?? '',
  placeFor: card.placeFor ?? 'all',
  releaseAfter: card.releaseAfter ?? 0,
  languages: [...(card.languages ?? [])],
  second: card.second ? { ...card.second, description: details?.secondDescription ?? '' } : null,
});

/** How it would be after an edit that has not taken effect. */
export const withEdit = (before: Edited, edit: Extract<CommandInput, { type: 'editGathering' }> | undefined): Edited => {
  const keys = (Object.keys(before) as (keyof Edited)[]).filter((key) => edit?.[key] !== undefined);
  return { ...before, ...Object.fromEntries(keys.map((key) => [key, edit?.[key]])) };
};

/** The command of what is different, so that two hosts who edit different fields both succeed; undefined: nothing is. */
export const editCommand = (
  gathering: string,
  before: Edited,
  edited: Edited,
): Extract<CommandInput, { type: 'editGathering' }> | undefined => {
  const after = { ...edited, second: secondToSend(edited.second) };
  const keys = (Object.keys(after) as (keyof Edited)[]).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (keys.length === 0) return undefined;
  return { type: 'editGathering', gathering, ...Object.fromEntries(keys.map((key) => [key, after[key]])) };
};
