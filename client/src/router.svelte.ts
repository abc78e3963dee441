/**
 * Path addresses to screens. The browser's history is the only state: each entry remembers where it was scrolled to, and filters
 * stand in the query, so that back and forth bring back what was seen.
 */
import { routeOf, wordsOf, withWord } from './route.ts';

/** A card by which a place in a list is known. */
export interface Mark {
  readonly id: string;
  /** How far its top is above the screen's; CSS pixels. */
  readonly past: number;
}

/** Where an entry was scrolled to. */
export interface Left {
  /** CSS pixels. */
  readonly scroll: number;
  /** In a list, the card at the top. */
  readonly mark?: Mark | undefined;
}
interface Entry extends Left {
  /** How many entries of ours lie before this one: with none, "back" would leave the house. */
  readonly depth: number;
}

const read = () => ({ path: location.pathname, search: location.search });
let address = $state.raw(import.meta.env.SSR ? { path: '/', search: '' } : read());
const announce = (): void => {
  // Where the one before was scrolled to is none of this one's business.
  clearTimeout(settling);
  address = read();
};
/** To the last link that was tapped. */
let going: ReturnType<typeof setTimeout> | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;

const isEntry = (state: unknown): state is Entry => typeof state === 'object' && state !== null && 'depth' in state && 'scroll' in state;
const NO_ENTRY: Entry = { depth: 0, scroll: 0 };
const entry = (): Entry => (import.meta.env.SSR || !isEntry(history.state) ? NO_ENTRY : history.state);
let marking: (() => Mark | undefined) | undefined;
const keepScroll = (): void => history.replaceState({ ...entry(), scroll: scrollY, mark: marking?.() }, '');

/** Where a node, which has no address, draws a page. */
export const routeAt = (path: string): void => void (address = { path, search: '' });

export const router = {
  /** The address' path. Reactive. */
  get path(): string {
    return address.path;
  },
  /** The address' query. Reactive. */
  get query(): ReadonlyMap<string, string> {
    return wordsOf(address.search);
  },
  /** Where the entry now shown was left. */
  get left(): Left {
    return entry();
  },
  /** The list on the screen tells which card is at the top. Returns how to stop. */
  markBy(mark: () => Mark | undefined): () => void {
    marking = mark;
    return () => (marking = undefined);
  },
  /** Goes to a path of this house. */
  go(path: string): void {
    keepScroll();
    history.pushState({ depth: entry().depth + 1, scroll: 0 }, '', path);
    announce();
  },
  /** Shows another path in place of this one. */
  replace(path: string): void {
    history.replaceState({ depth: entry().depth, scroll: 0 }, '', path);
    announce();
  },
  /** Sets or (empty) removes one word of the query; no new entry, the page stays where it is. */
  setQuery(name: string, value: string): void {
    history.replaceState({ depth: entry().depth, scroll: scrollY }, '', location.pathname + withWord(location.search, name, value));
    announce();
  },
  /** To where we came from; to `otherwise` when this page was opened by a link from outside. */
  back(otherwise: string): void {
    if (entry().depth > 0) history.back();
    else router.replace(otherwise);
  },
};

const ourLink = (event: MouseEvent): HTMLAnchorElement | undefined => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')) return undefined;
  return routeOf(link.pathname).screen === 'nowhere' ? undefined : link;
};

/** Makes links between our screens work without loading a page. */
export const startRouter = (): void => {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', announce);
  addEventListener('pagehide', keepScroll);
  // `popstate` comes after the entry has changed, too late to ask where the old one was scrolled to.
  addEventListener(
    'scroll',
    () => {
      clearTimeout(settling);
      settling = setTimeout(keepScroll, 150);
    },
    { passive: true },
  );
  document.addEventListener('click', (event) => {
    const link = ourLink(event);
    if (link === undefined) return;
    event.preventDefault();
    const go = (): void => router.go(link.pathname + link.search + link.hash);
    clearTimeout(going);
    // In a turn of its own, so that the tap's is short (P11). But an iPhone shows its keyboard only in the tap's own.
    if (routeOf(link.pathname).screen === 'post') go();
    else going = setTimeout(go);
  });
};
