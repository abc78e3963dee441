/** The built client as its pages are made of: its page, what a screen needs of it, and how it draws a first look (P10). */
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DrawFirstLook, FirstLookModule } from '@huddle/shared/first-look.ts';
import type { Language } from '@huddle/shared/language.ts';
import * as v from 'valibot';

/** The client's screens that a page may open with. */
const SCREENS = { board: undefined, gathering: 'src/gathering/GatheringPage.svelte', post: 'src/post/PostPage.svelte' } as const;
export type PageScreen = keyof typeof SCREENS;

/** A stylesheet that stands in the page itself: nothing is painted before the last of them is there. */
export interface Style {
  readonly path: string;
  readonly text: string;
}

export interface BuiltClient {
  /** `index.html`, without what each page says of itself or brings along. */
  readonly page: string;
  /** The scripts that a page showing that screen in that language will ask for next, so that a phone on a slow line need not find out step by step. */
  scripts(screen: PageScreen, language: Language): readonly string[];
  styles(screen: PageScreen): readonly Style[];
  /** The styles and scripts that the content security policy allows to stand in a page, as CSP names them. */
  readonly allowed: { readonly styles: readonly string[]; readonly scripts: readonly string[] };
}

/** Vite's build manifest, as far as it matters here. */
const manifestSchema = v.record(
  v.string(),
  v.object({ file: v.string(), imports: v.optional(v.array(v.string()), []), css: v.optional(v.array(v.string()), []) }),
);
type Manifest = v.InferOutput<typeof manifestSchema>;

/** A chunk and everything that it imports at once. */
const closure = (manifest: Manifest, key: string, seen = new Set<string>()): ReadonlySet<string> => {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunk.imports) closure(manifest, imported, seen);
  return seen;
};

const readManifest = (folder: string): Manifest => {
  const file = join(folder, '.vite', 'manifest.json');
  return existsSync(file) ? v.parse(manifestSchema, JSON.parse(readFileSync(file, 'utf8'))) : {};
};

/** As a policy names what may stand in a page (CSP 3 §2.3.1, `hash-source`). */
const hashes = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].map((text) => `'sha256-${hash('sha256', text, 'base64')}'`);

/** @param folder of the built client @throws where there is none */
export const readBuiltClient = (folder: string): BuiltClient => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  if (!page.includes('</head>')) throw new Error(`${folder}/index.html has no head; build the client again with: npm run build`);
  const manifest = readManifest(folder);
  const everywhere = closure(manifest, 'index.html');
  const chunksOf = (screen: PageScreen, ...more: readonly string[]): readonly string[] => [
    ...new Set([SCREENS[screen] ?? '', ...more].flatMap((key) => [...closure(manifest, key)])),
  ];
  const read = (path: string): Style => ({ path: `/${path}`, text: readFileSync(join(folder, path), 'utf8').trim() });
  const stylesOf = (screen: PageScreen): readonly Style[] =>
    [...new Set([...everywhere, ...chunksOf(screen)].flatMap((key) => manifest[key]?.css ?? []))].map(read);
  const styles = { board: stylesOf('board'), gathering: stylesOf('gathering'), post: stylesOf('post') };
  return {
    page,
    scripts: (screen, language) => {
      const words = screen === 'board' ? [] : [`src/text/${language}-pages.ts`];
      const chunks = chunksOf(screen, `src/text/${language}.ts`, ...words).filter((key) => !everywhere.has(key));
      return chunks.flatMap((key) => manifest[key]?.file ?? []).map((file) => `/${file}`);
    },
    styles: (screen) => styles[screen],
    allowed: {
      styles: hashes(
        Object.values(styles)
          .flat()
          .map(({ text }) => text),
      ),
      scripts: hashes([...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => text)),
    },
  };
};

/** How the built client draws what a phone sees first; undefined where it was built without. */
export const readFirstLooks = async (folder: string): Promise<DrawFirstLook | undefined> => {
  const file = join(folder, '.first-look', 'first-look.js');
  if (!existsSync(file)) return undefined;
  const { openFirstLooks } = (await import(pathToFileURL(file).href)) as FirstLookModule;
  return openFirstLooks();
};
