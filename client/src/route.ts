/** Paths and queries as data: what `router.svelte.ts` makes reactive. */

export type Route =
  | { readonly screen: 'boards' }
  | { readonly screen: 'board' | 'post' | 'inbox' | 'plan' | 'me' | 'organise'; readonly slug: string }
  | { readonly screen: 'gathering' | 'poster'; readonly slug: string; readonly id: string }
  | { readonly screen: 'nowhere' };

const PATH = /^\/b\/([a-z0-9][a-z0-9-]*)(?:\/g\/([A-Za-z0-9_-]+)(\/poster)?|\/(post|inbox|plan|me|organise))?\/?$/;
const SUBSCREENS = ['post', 'inbox', 'plan', 'me', 'organise'] as const;

/** What a path shows. */
export const routeOf = (path: string): Route => {
  if (path === '/' || path === '') return { screen: 'boards' };
  const [, slug, id, poster, room] = PATH.exec(path) ?? [];
  if (slug === undefined) return { screen: 'nowhere' };
  if (id !== undefined) return { screen: poster === undefined ? 'gathering' : 'poster', slug, id };
  return { screen: SUBSCREENS.find((name) => name === room) ?? 'board', slug };
};

/** Where the installed app starts on a board, by the word that its manifest gives: `post`, `mine`, else the board itself. */
export const startOn = (slug: string, start: string): string => {
  if (start === 'post') return `/b/${slug}/post`;
  return start === 'mine' ? `/b/${slug}?mine=1` : `/b/${slug}`;
};

/** The words of a query. */
export const wordsOf = (search: string): ReadonlyMap<string, string> => new Map(new URLSearchParams(search));

/** A query with one word set or (empty) taken out; empty when no word is left, else it begins with `?`. */
export const withWord = (search: string, name: string, value: string): string => {
  const words = new URLSearchParams(search);
  if (value === '') words.delete(name);
  else words.set(name, value);
  const text = words.toString();
  return text === '' ? '' : `?${text}`;
};
