/** The screens of a board beyond its list: each loaded once somebody goes there, with the words for it. */
import type { Component } from 'svelte';
import type { LiveBoardApi } from './live/api.ts';
import type { Route } from './route.ts';
import { language } from './text/text.svelte.ts';

export type ScreenName = Exclude<Extract<Route, { slug: string }>['screen'], 'board'>;
export type Screen = Component<{ live: LiveBoardApi; id: string }>;
export type Screens = Readonly<Partial<Record<ScreenName, Screen>>>;

const SOURCES: Record<ScreenName, () => Promise<{ readonly default: Screen | Component<{ live: LiveBoardApi }> }>> = {
  gathering: () => import('./gathering/GatheringPage.svelte'),
  poster: () => import('./gathering/PosterPage.svelte'),
  post: () => import('./post/PostPage.svelte'),
  inbox: () => import('./notice/InboxPage.svelte'),
  plan: () => import('./plan/PlanPage.svelte'),
  me: () => import('./person/MePage.svelte'),
  organise: () => import('./organiser/OrganisePage.svelte'),
};

/** @throws when it cannot be had: without a network, or because a newer release has taken its place */
export const loadScreen = async (name: ScreenName): Promise<Screen> => {
  const [{ default: screen }] = await Promise.all([SOURCES[name](), language.loadPages()]);
  return screen;
};
