import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { router, startRouter } from './router.svelte.ts';
import { language } from './text/text.svelte.ts';
import { theme } from './ui/theme.svelte.ts';

theme.apply();
startRouter();
await language.load();

const target = document.getElementById('app');
if (target === null) throw new Error('the page has no #app');
mount(App, { target });

// Nobody's first wish: it comes once the page has what it needs.
const startWorker = async (): Promise<void> => (await import('./offline/worker.ts')).startWorker((path) => router.go(path));
if (import.meta.env.PROD) setTimeout(() => void startWorker().catch(() => undefined), 2000);
