/** What a page will ask for next, said in its head, so that a phone on a slow line need not find out step by step (P10). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageFor, type Language } from '@huddle/shared/language.ts';
import * as v from 'valibot';

/** The client's screens that are not part of what every page loads. */
const SCREENS = { board: undefined, gathering: 'src/gathering/GatheringPage.svelte' } as const;
export type PageScreen = keyof typeof SCREENS;

/** Vite's build manifest, as far as it matters here. */
const manifestSchema = v.record(
  v.string(),
  v.object({ file: v.string(), imports: v.optional(v.array(v.string()), []), css: v.optional(v.array(v.string()), []) }),
);
type Manifest = v.InferOutput<typeof manifestSchema>;

/** The language that the client will most likely choose, by `Accept-Language` (RFC 9110 §12.5.4), whose wishes browsers send in their order. */
export const likelyLanguage = (header: string | undefined): Language =>
  languageFor((header ?? '').split(',').map((wish) => wish.replace(/;.*$/s, '').trim()));

/** A chunk and everything that it imports at once. */
const closure = (manifest: Manifest, key: string, seen = new Set<string>()): ReadonlySet<string> => {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunk.imports) closure(manifest, imported, seen);
  return seen;
};

/** Tags for the head of a page that shows that screen in that language. @param folder of the built client; without a manifest there are none */
export const readPreloads = (folder: string): ((screen: PageScreen, language: Language) => readonly string[]) => {
  const file = join(folder, '.vite', 'manifest.json');
  if (!existsSync(file)) return () => [];
  const manifest = v.parse(manifestSchema, JSON.parse(readFileSync(file, 'utf8')));
  const everywhere = closure(manifest, 'index.html');
  return (screen, language) => {
    const wanted = [SCREENS[screen], `src/text/${language}.ts`].flatMap((key) => (key === undefined ? [] : [...closure(manifest, key)]));
    const chunks = [...new Set(wanted)].filter((key) => !everywhere.has(key)).flatMap((key) => manifest[key] ?? []);
    return [
      ...chunks.map((chunk) => `<link rel="modulepreload" crossorigin href="/${chunk.file}" />`),
      ...chunks.flatMap(({ css }) => css.map((path) => `<link rel="stylesheet" crossorigin href="/${path}" />`)),
    ];
  };
};
