import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import type { Going } from './offline/worker.ts';
import { router, startRouter } from './router.svelte.ts';
import { language } from './text/text.svelte.ts';
import { theme } from './ui/theme.svelte.ts';

theme.apply();
startRouter();
// From the first moment: a tap on a message may come before the page has fetched what it can do later.
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<Going>) => router.go(data.go));
}
await language.load();

const target = document.getElementById('app');
if (target === null) throw new Error('the page has no #app');
mount(App, { target });

// Nobody's first wish: it comes once the page has what it needs.
const startWorker = async (): Promise<void> => (await import('./offline/worker.ts')).startWorker();
if (import.meta.env.PROD) setTimeout(() => void startWorker().catch(() => undefined), 2000);
