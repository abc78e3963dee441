import './styles/tokens.css';
import './styles/base.css';
import { flushSync, mount } from 'svelte';
import App from './App.svelte';
import { takeEarly } from './early.ts';
import { openLiveBoard } from './live/live-board.svelte.ts';
import type { Going } from './offline/worker.ts';
import { routeOf } from './route.ts';
import { router, startRouter } from './router.svelte.ts';
import { loadScreen, type Screens } from './screens.ts';
import { language } from './text/text.svelte.ts';
import { takeOver } from './ui/drawn.ts';
import { theme } from './ui/theme.svelte.ts';

theme.apply();
startRouter();
// From the first moment: a tap on a message may come before the page has fetched what it can do later.
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<Going>) => router.go(data.go));
}
const drawnIn = document.documentElement.lang;
await language.load();

const target = document.getElementById('app') ?? document.body;

/** The screen of the address, where it is not the board itself. @throws when it cannot be had */
const screenHere = async (): Promise<Screens> => {
  const { screen } = routeOf(router.path);
  return screen === 'board' || screen === 'boards' || screen === 'nowhere' ? {} : { [screen]: await loadScreen(screen) };
};
/** What the node has drawn is taken over, screen and all; what cannot be is drawn anew. */
const drawn = target.hasChildNodes() && drawnIn === language.chosen ? await screenHere().catch(() => undefined) : undefined;
const doEarly = takeEarly(target);
if (drawn === undefined) {
  target.replaceChildren();
  mount(App, { target, props: { open: openLiveBoard } });
} else {
  takeOver(App, target, { open: openLiveBoard, screens: drawn });
  flushSync();
  doEarly();
}

// Nobody's first wish: it comes once the page has what it needs.
const startWorker = async (): Promise<void> => (await import('./offline/worker.ts')).startWorker();
if (import.meta.env.PROD) setTimeout(() => void startWorker().catch(() => undefined), 2000);
