/**
 * What the screens say. `t.board.now`, `t.board.seatsLeft(3)`: reactive, so that a change of language re-renders what is shown.
 * Only the chosen language is loaded. A new language is one file that satisfies `Catalogue`; the compiler lists what is missing.
 */
import { directionOf, intlOf, isLanguage, languageFor, LANGUAGES, type Language } from '@huddle/shared/language.ts';
import { PREFIX, recall, remember, tellPages } from '../live/memory.ts';
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
// Two, so that what the board says is not said anew when the other screens' words come.
let onBoard = $state.raw<Partial<Catalogue>>({});
let onPages = $state.raw<Partial<Pages>>({});

/** What was asked for last. */
let showing: Promise<void> | undefined;
const show = (wanted: Language): Promise<void> => {
  asked = wanted;
  const mine: Promise<void> = Promise.all([SOURCES[wanted].board(), paged ? SOURCES[wanted].pages() : undefined]).then(
    ([{ catalogue }, more]) => {
      // Something else may have been asked for meanwhile: whoever waits for this one waits for that.
      if (showing !== mine) return showing;
      current = wanted;
      onBoard = catalogue;
      onPages = more?.pages ?? {};
      const root = document.documentElement;
      // Set to what it is already, either would have the whole page styled anew.
      const dir = directionOf(wanted);
      if (root.lang !== wanted) root.lang = wanted;
      if (root.dir !== dir) root.dir = dir;
    },
  );
  showing = mine;
  return mine;
};

let pagesThere: Promise<void> | undefined;
const fetchPages = (): Promise<void> => {
  paged = true;
  return show(asked).catch((error: unknown) => {
    paged = false;
    pagesThere = undefined;
    throw error;
  });
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
  loadPages: (): Promise<void> => (pagesThere ??= fetchPages()),
  /** Changes the language, and remembers it. */
  set: (wanted: Language): Promise<void> => {
    remember('language', wanted);
    tellPages('language', wanted);
    return show(wanted);
  },
};

// Another page of this phone has been told to speak another language.
if (typeof addEventListener !== 'undefined') {
  addEventListener('storage', ({ key, newValue }) => {
    if (key === `${PREFIX}language` && isLanguage(newValue)) void show(newValue).catch(() => undefined);
  });
}

const section = (name: PropertyKey): unknown => {
  const words = Reflect.has(onBoard, name) ? onBoard : onPages;
  if (!Reflect.has(words, name)) throw new Error(`the section "${String(name)}" is not loaded`);
  return Reflect.get(words, name);
};

/** Loads every language, for a node that speaks now one and now another: what comes back changes it at once. */
export const preparedLanguages = async (): Promise<(wanted: Language) => void> => {
  const spoken: Partial<Record<Language, { readonly catalogue: Catalogue; readonly pages: Pages }>> = {};
  for (const one of LANGUAGES) {
    const [{ catalogue }, { pages }] = await Promise.all([SOURCES[one].board(), SOURCES[one].pages()]);
    spoken[one] = { catalogue, pages };
  }
  return (wanted) => {
    current = wanted;
    onBoard = spoken[wanted]?.catalogue ?? {};
    onPages = spoken[wanted]?.pages ?? {};
  };
};

/** The words of the current language, by noun. */
export const t = new Proxy({} as Catalogue & Pages, { get: (_, name) => section(name) });
