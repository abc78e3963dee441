/** The service worker, where there is one: on https and this machine itself. On plain http everything works without (C6). */

/** What the worker asks of a page: to go to a path, because its person has tapped on a message. */
export interface Going {
  readonly go: string;
}

/** Background Sync, where there is one; the types do not know it. */
interface Syncing {
  readonly sync?: { readonly register: (tag: string) => Promise<void> };
}

/** Missing on plain http, whatever the types say. */
const container = (): ServiceWorkerContainer | undefined =>
  (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker;

/** Asks the worker to send what waits once there is a network, should no page be open then. Never fails: pages send it all the same. */
export const sendLater = async (): Promise<void> => {
  try {
    const registration = (await container()?.getRegistration()) as Syncing | undefined;
    await registration?.sync?.register('outbox');
  } catch {
    // Not allowed here.
  }
};

/** No push service has a way to this phone any more: whoever used it has signed out. Boards learn of it from the service. */
export const endPushesOf = async (registration: Partial<ServiceWorkerRegistration> | undefined): Promise<void> => {
  try {
    await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  } catch {
    // Then there was none.
  }
};

/** As {@link endPushesOf}, from a page. */
export const endPushes = async (): Promise<void> =>
  endPushesOf(
    await container()
      ?.getRegistration()
      .catch(() => undefined),
  );

/** Starts it, or lets it look for a newer release of itself. */
export const startWorker = async (): Promise<void> => {
  await container()?.register('/sw.js');
};
