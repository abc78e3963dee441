/**
 * The service worker: pages open offline; and with no page open, what waits in the outbox is sent when there is a network again, and what
 * concerns its person is shown. There is none on plain http, and everything works without it (C6).
 */
import type { PushMessage } from '../../shared/src/push.ts';
import { openDatabase } from '../src/live/database.ts';
import { boardHttp } from '../src/live/http.ts';
import { endPushesOf } from '../src/offline/worker.ts';
import { routeOf } from '../src/route.ts';
import { createSender } from './outbox.ts';
import { answerPage } from './page.ts';
import { openPath, shownOf } from './push.ts';
import { keptRelease, type Release } from './release.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const RELEASE: Release;

const release = keptRelease({ release: RELEASE, caches: self.caches, fetch: (request, init) => self.fetch(request, init) });

const sendWaiting = createSender({ database: openDatabase(), http: boardHttp, signedOut: () => endPushesOf(self.registration) });

self.addEventListener('install', (event) => {
  // Pages of the release before stay whole beside it, so nobody has to wait for them to be closed.
  event.waitUntil(release.keep().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const takeOver = async (): Promise<void> => {
    await release.tidy();
    // Missing in older browsers, whatever the types say.
    const preload = self.registration.navigationPreload as NavigationPreloadManager | undefined;
    await preload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (routeOf(pathname).screen === 'nowhere') return;
    const network = async (): Promise<Response> => ((await event.preloadResponse) as Response | undefined) ?? self.fetch(request);
    event.respondWith(answerPage({ network, shell: release.shell, onLine: self.navigator.onLine }));
  } else if (RELEASE.files.includes(pathname) || pathname.startsWith('/assets/')) {
    event.respondWith(release.file(pathname).then((file) => file ?? self.fetch(request)));
  }
});

// Background Sync: there is a network again. The types do not know it.
self.addEventListener('sync', (event) => (event as ExtendableEvent).waitUntil(sendWaiting()));

self.addEventListener('push', (event) => {
  if (event.data === null) return;
  const { title, options } = shownOf(event.data.json() as PushMessage);
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPath(self.clients, event.notification.data as string));
});
