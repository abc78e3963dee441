/** Built for the node, not for phones: draws the first look of a page with the very screens that will take it over (P10). */
import type { DrawFirstLook } from '@huddle/shared/first-look.ts';
import { render } from 'svelte/server';
import App from './App.svelte';
import GatheringPage from './gathering/GatheringPage.svelte';
import { stillBoard } from './live/still-board.ts';
import PostPage from './post/PostPage.svelte';
import { routeAt } from './router.svelte.ts';
import { preparedLanguages } from './text/text.svelte.ts';

/** What a phone has loaded as well before it takes over. */
const SCREENS = { gathering: GatheringPage, post: PostPage };

/** Once every language is there, nothing has to be waited for: a look is drawn in one go, and no two of them mix. */
export const openFirstLooks = async (): Promise<DrawFirstLook> => {
  const speak = await preparedLanguages();
  return ({ path, language, snapshot, now }) => {
    speak(language);
    routeAt(path);
    return render(App, { props: { open: () => stillBoard(snapshot, now), screens: SCREENS } }).body;
  };
};
