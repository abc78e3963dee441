/** Built for the node, not for phones: draws the first look of a page with the very screens that will take it over (P10). */
import type { DrawFirstLook } from '@huddle/shared/first-look.ts';
import { render } from 'svelte/server';
import App from './App.svelte';
import GatheringPage from './gathering/GatheringPage.svelte';
import { stillBoard } from './live/still-board.ts';
import PostPage from './post/PostPage.svelte';
import { routeAt } from './router.svelte.ts';
import { languageName, takeTexts } from './text/format.ts';
import { language as spoken, preparedLanguages } from './text/text.svelte.ts';

/** What a phone has loaded as well before it takes over. */
const SCREENS = { gathering: GatheringPage, post: PostPage };

/** Once every language is there, nothing has to be waited for: a look is drawn in one go, and no two of them mix. */
export const openFirstLooks = async (): Promise<DrawFirstLook> => {
  const speak = await preparedLanguages();
  return ({ path, language, snapshot, opened, now }) => {
    speak(language);
    routeAt(path);
    takeTexts();
    const { body } = render(App, { props: { open: () => stillBoard(snapshot, opened, now), screens: SCREENS } });
    // The list's filters, which come after, say these.
    for (const code of snapshot.gatherings.flatMap(({ languages = [] }) => languages)) languageName(code, spoken.current);
    return { body, texts: takeTexts() };
  };
};
