/** What an organiser looks at first. */
import { fold } from '@huddle/shared/fold.ts';
import type { ModerationView } from '@huddle/shared/moderation.ts';

/** Reported ones first, the most reported at the top, then by start; found by a part of the title or of a host's name. */
export const inOrderOfNeed = (gatherings: readonly ModerationView[], search: string): ModerationView[] => {
  const wanted = fold(search.trim());
  return gatherings
    .filter(({ title, hosts }) => wanted === '' || [title, ...hosts.map(({ name }) => name)].some((text) => fold(text).includes(wanted)))
    .sort((a, b) => (b.reports?.length ?? 0) - (a.reports?.length ?? 0) || a.start - b.start);
};
