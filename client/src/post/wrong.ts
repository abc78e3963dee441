/** What is wrong with a field, in words; wherever a gathering's fields are filled in. */
import { t } from '../text/text.svelte.ts';
import type { wrongField } from './draft.ts';

/** A field that cannot be sent as it is. */
type Wrong = NonNullable<ReturnType<typeof wrongField>>;

/** undefined: nothing more is known than that it was refused. */
export const wrongWords = (field: string | undefined): string | undefined => {
  const words: Record<Wrong, string> = {
    link: t.post.linkWrong,
    end: t.post.endWrong,
    tags: t.post.tagsWrong,
    second: t.post.secondWrong,
  };
  return Object.entries(words).find(([name]) => name === field)?.[1];
};
