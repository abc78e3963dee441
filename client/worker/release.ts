/**
 * The files of one release, kept on the phone, and the page that opens offline. Names of files hold a hash of what is in them, so releases
 * may lie side by side: the one before stays, because a page of its time may still be open and ask for a part of itself.
 */

/** What the build says of this release. */
export interface Release {
  /** Differs from every other release's. */
  readonly id: string;
  /** Paths of all that the screens need. */
  readonly files: readonly string[];
  /** Path of the script that every page of this release begins with. */
  readonly entry: string;
}

/** The page without a board in it: it takes what this phone keeps. */
export const SHELL = '/shell';
const PREFIX = 'release-';
/** How many files are fetched at a time: the page that is open needs the line more. */
const LANES = 3;

export interface ReleaseParts {
  readonly release: Release;
  readonly caches: CacheStorage;
  readonly fetch: (request: string, init?: RequestInit) => Promise<Response>;
}

export interface KeptRelease {
  /** Fetches what is not here yet. @throws where something cannot be had: the browser then tries again later */
  readonly keep: () => Promise<void>;
  /** Lets go of releases older than the one before this. */
  readonly tidy: () => Promise<void>;
  /** A file of this release or the one before. */
  readonly file: (path: string) => Promise<Response | undefined>;
  readonly shell: () => Promise<Response | undefined>;
}

export const keptRelease = ({ release, caches, fetch }: ReleaseParts): KeptRelease => {
  const name = PREFIX + release.id;
  const file = async (path: string): Promise<Response | undefined> => (await caches.match(path, { ignoreVary: true })) ?? undefined;

  const get = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(path, init);
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
    // A network that wants a log-in first answers with a page of its own, whatever was asked for.
    if (response.status !== 200 || response.redirected || isPage !== (path === SHELL)) throw new Error(`${path} cannot be had`);
    return response;
  };

  const keepFile = async (cache: Cache, path: string): Promise<void> => {
    if ((await cache.match(path, { ignoreVary: true })) !== undefined) return;
    await cache.put(path, (await file(path)) ?? (await get(path)));
  };

  return {
    keep: async () => {
      const cache = await caches.open(name);
      const left = [...release.files];
      const lane = async (): Promise<void> => {
        for (let path = left.shift(); path !== undefined; path = left.shift()) await keepFile(cache, path);
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      const shell = await get(SHELL, { cache: 'no-store' });
      // While nodes are being replaced, another one may answer; and that log-in page is a page as well.
      if (!(await shell.clone().text()).includes(release.entry)) throw new Error('the page is of another release');
      await cache.put(SHELL, shell);
    },
    tidy: async () => {
      const kept = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== name);
      await Promise.all(kept.slice(0, -1).map((key) => caches.delete(key)));
    },
    file,
    shell: async () => (await caches.open(name)).match(SHELL, { ignoreVary: true }),
  };
};
