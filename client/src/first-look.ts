/** Built for the node, not for phones: draws the first look of a page with the very screens that will take it over (P10). */
import type { DrawFirstLook } from '@huddle/shared/first-look.ts';
import { DAY, dayOf } from '@huddle/shared/time.ts';
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import App from './App.svelte';
import GatheringPage from './gathering/GatheringPage.svelte';
import { stillBoard } from './live/still-board.ts';
import PostPage from './post/PostPage.svelte';
import { routeAt } from './router.svelte.ts';
import { dayText, languageName, shortDayText, takeTexts } from './text/format.ts';
import { language as spoken, preparedLanguages } from './text/text.svelte.ts';
import { takeParts } from './ui/drawn.ts';
import Part from './ui/Part.svelte';

/** What a phone has loaded as well before it takes over. */
const SCREENS = { gathering: GatheringPage, post: PostPage };

/** A component with its parts, each as it is taken over: by itself, and with names of its own for what its labels point at. */
const markup = <Props extends Record<string, unknown>>(component: Component<Props>, props: Props, idPrefix = 'page'): string => {
  const { body } = render(component as Component, { props, idPrefix });
  const parts = takeParts();
  return body.replace(/(<div [^>]*data-part="(\d+)"[^>]*>)(<\/div>)/g, (_, start: string, number: string, end: string) => {
    const children = parts[Number(number)];
    return children === undefined ? start + end : start + markup(Part, { children }, `${idPrefix}-${number}`) + end;
  });
};

/** Once every language is there, nothing has to be waited for: a look is drawn in one go, and no two of them mix. */
export const openFirstLooks = async (): Promise<DrawFirstLook> => {
  const speak = await preparedLanguages();
  return ({ path, language, snapshot, opened, now }) => {
    speak(language);
    routeAt(path);
    takeTexts();
    takeParts();
    const body = markup(App, { open: () => stillBoard(snapshot, opened, now), screens: SCREENS });
    // The rest of the list, its filters and the pages of its gatherings, which come after, say these.
    const { gatherings, board } = snapshot;
    for (const code of gatherings.flatMap(({ languages = [] }) => languages)) languageName(code, spoken.current);
    // On a phone elsewhere it may be the day before or after.
    const days = new Set(gatherings.flatMap(({ start, end }) => [start - DAY, start, end, end + DAY]).map((at) => dayOf(at, board.zone)));
    for (const day of days) {
      dayText(day, spoken.current);
      shortDayText(day, spoken.current);
    }
    return { body, texts: takeTexts() };
  };
};
