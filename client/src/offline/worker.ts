/** The service worker, where there is one: on https and this machine itself. On plain http everything works without (C6). */

/** Starts it, or lets it look for a newer release of itself. */
export const startWorker = async (): Promise<void> => {
  // Missing on plain http, whatever the types say.
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  await serviceWorker?.register('/sw.js');
};
