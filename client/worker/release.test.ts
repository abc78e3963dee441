import { describe, expect, it } from 'vitest';
import { keptRelease, SHELL } from './release.ts';

/** Caches as a browser has them, in memory. */
const memoryCaches = (): CacheStorage => {
  const all = new Map<string, Map<string, Response>>();
  const cacheOf = (files: Map<string, Response>) => ({
    match: async (path: string) => files.get(path)?.clone(),
    put: async (path: string, response: Response) => void files.set(path, response),
  });
  return {
    open: async (name: string) => {
      const files = all.get(name) ?? new Map<string, Response>();
      all.set(name, files);
      return cacheOf(files);
    },
    match: async (path: string) =>
      [...all.values()]
        .find((files) => files.has(path))
        ?.get(path)
        ?.clone(),
    keys: async () => [...all.keys()],
    delete: async (name: string) => all.delete(name),
  } as unknown as CacheStorage;
};

const answer = (text: string, type: string): Response => new Response(text, { headers: { 'content-type': type } });
const logIn = () => answer('<h1>Welcome to Hall Wi-Fi</h1>', 'text/html');

/** A phone that keeps releases; `answers` is what the network says, by path. */
const phone = (answers: Record<string, () => Response>) => {
  const caches = memoryCaches();
  const of = (id: string) =>
    keptRelease({
      release: { id, files: [`/assets/${id}.js`], entry: `/assets/${id}.js` },
      caches,
      fetch: (path) => Promise.resolve(answers[path]?.() ?? new Response('', { status: 404 })),
    });
  return { of };
};

const page = (id: string) => () => answer(`<script src="/assets/${id}.js"></script>`, 'text/html; charset=utf-8');
const script = (id: string) => () => answer(`// ${id}`, 'text/javascript');

describe('what is kept of a release', () => {
  it('is no page of a network that wants a log-in first, whatever was asked for: it is asked for again', async () => {
    const answers: Record<string, () => Response> = { '/assets/a.js': logIn, [SHELL]: logIn };
    const release = phone(answers).of('a');
    await expect(release.keep()).rejects.toThrow('/assets/a.js');
    expect(await release.file('/assets/a.js')).toBeUndefined();

    answers['/assets/a.js'] = script('a');
    await expect(release.keep()).rejects.toThrow('another release');
    answers[SHELL] = page('a');
    await release.keep();
    expect(await (await release.file('/assets/a.js'))?.text()).toBe('// a');
    expect(await (await release.shell())?.text()).toContain('/assets/a.js');
  });

  it('stays beside the next one, for pages that are open, and goes with the one after', async () => {
    const ids = ['a', 'b', 'c'];
    const answers: Record<string, () => Response> = Object.fromEntries(ids.map((id) => [`/assets/${id}.js`, script(id)]));
    const { of } = phone(answers);
    for (const id of ids) {
      answers[SHELL] = page(id);
      await of(id).keep();
      await of(id).tidy();
    }
    expect(await of('c').file('/assets/a.js')).toBeUndefined();
    expect(await (await of('c').file('/assets/b.js'))?.text()).toBe('// b');
  });
});
