/**
 * What the screens say. `t.board.now`, `t.board.seatsLeft(3)`: reactive, so that a change of language re-renders what is shown.
 * Only the chosen language is loaded. A new language is one file that satisfies `Catalogue`; the compiler lists what is missing.
 */
import { directionOf, intlOf, isLanguage, languageFor, type Language } from '@huddle/shared/language.ts';
import { recall, remember } from '../live/memory.ts';
import type { Pages } from './en-pages.ts';
import type { Catalogue } from './en.ts';

interface Source {
  readonly board: () => Promise<{ readonly catalogue: Catalogue }>;
  readonly pages: () => Promise<{ readonly pages: Pages }>;
}

const SOURCES: Record<Language, Source> = {
  en: { board: () => import('./en.ts'), pages: () => import('./en-pages.ts') },
  'zh-Hant': { board: () => import('./zh-Hant.ts'), pages: () => import('./zh-Hant-pages.ts') },
  'zh-Hans': { board: () => import('./zh-Hans.ts'), pages: () => import('./zh-Hans-pages.ts') },
  ja: { board: () => import('./ja.ts'), pages: () => import('./ja-pages.ts') },
  ko: { board: () => import('./ko.ts'), pages: () => import('./ko-pages.ts') },
  es: { board: () => import('./es.ts'), pages: () => import('./es-pages.ts') },
  ar: { board: () => import('./ar.ts'), pages: () => import('./ar-pages.ts') },
};

const stored = recall('language');
let asked: Language = isLanguage(stored) ? stored : languageFor(typeof navigator === 'undefined' ? [] : navigator.languages);
/** Whether the screens beyond the board are in use. */
let paged = false;
let current = $state<Language>('en');
let words = $state.raw<Partial<Catalogue & Pages>>({});

const show = async (wanted: Language): Promise<void> => {
  asked = wanted;
  const [{ catalogue }, more] = await Promise.all([SOURCES[wanted].board(), paged ? SOURCES[wanted].pages() : undefined]);
  // Somebody may have chosen yet another one meanwhile.
  if (asked !== wanted) return;
  current = wanted;
  words = { ...catalogue, ...more?.pages };
  document.documentElement.lang = wanted;
  document.documentElement.dir = directionOf(wanted);
};

export const language = {
  /** The language shown, as `Intl` is asked for it. */
  get current(): string {
    return intlOf(current);
  },
  /** The language shown, among ours. */
  get chosen(): Language {
    return current;
  },
  /** Loads the phone's language; nothing can be shown before. */
  load: (): Promise<void> => show(asked),
  /** Loads what the screens beyond the board say; none of them can be shown before. */
  loadPages: async (): Promise<void> => {
    if (paged) return;
    paged = true;
    await show(asked).catch((error: unknown) => {
      paged = false;
      throw error;
    });
  },
  /** Changes the language, and remembers it. */
  set: (wanted: Language): Promise<void> => {
    remember('language', wanted);
    return show(wanted);
  },
};

const section = (name: PropertyKey): unknown => {
  if (!Reflect.has(words, name)) throw new Error(`the section "${String(name)}" is not loaded`);
  return Reflect.get(words, name);
};

/** The words of the current language, by noun. */
export const t = new Proxy({} as Catalogue & Pages, { get: (_, name) => section(name) });
