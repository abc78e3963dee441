/** The service worker, where there is one: on https and this machine itself. On plain http everything works without (C6). */

/** Background Sync, where there is one; the types do not know it. */
interface Syncing {
  readonly sync?: { readonly register: (tag: string) => Promise<void> };
}

/** Asks the worker to send what waits once there is a network, should no page be open then. Never fails: pages send it all the same. */
export const sendLater = async (): Promise<void> => {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  try {
    const registration = (await serviceWorker?.getRegistration()) as Syncing | undefined;
    await registration?.sync?.register('outbox');
  } catch {
    // Not allowed here.
  }
};

/** Starts it, or lets it look for a newer release of itself. */
export const startWorker = async (): Promise<void> => {
  // Missing on plain http, whatever the types say.
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  await serviceWorker?.register('/sw.js');
};
