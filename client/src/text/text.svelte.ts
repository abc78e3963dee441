/**
 * What the screens say. `t.board.now`, `t.board.seatsLeft(3)`: reactive, so that a change of language re-renders what is shown.
 * Only the chosen language is loaded. A new language is one file that satisfies `Catalogue`; the compiler lists what is missing.
 */
import { recall, remember } from '../live/memory.ts';
import type { Catalogue } from './en.ts';
import { directionOf, isLanguage, languageFor, type Language } from './language.ts';

const CATALOGUES: Record<Language, () => Promise<{ readonly catalogue: Catalogue }>> = {
  en: () => import('./en.ts'),
  'zh-Hant': () => import('./zh-Hant.ts'),
  'zh-Hans': () => import('./zh-Hans.ts'),
};

const stored = recall('language');
let asked: Language = isLanguage(stored) ? stored : languageFor(typeof navigator === 'undefined' ? [] : navigator.languages);
let current = $state<Language>('en');
let catalogue = $state.raw<Catalogue>();

const show = async (wanted: Language): Promise<void> => {
  asked = wanted;
  const { catalogue: words } = await CATALOGUES[wanted]();
  // Somebody may have chosen yet another one meanwhile.
  if (asked !== wanted) return;
  current = wanted;
  catalogue = words;
  document.documentElement.lang = wanted;
  document.documentElement.dir = directionOf(wanted);
};

export const language = {
  /** The language shown (BCP 47), for `Intl` and `lang`. */
  get current(): Language {
    return current;
  },
  /** Loads the phone's language; nothing can be shown before. */
  load: (): Promise<void> => show(asked),
  /** Changes the language, and remembers it. */
  set: (wanted: Language): Promise<void> => {
    remember('language', wanted);
    return show(wanted);
  },
};

const section = (name: PropertyKey): unknown => {
  if (catalogue === undefined) throw new Error('language.load() has not finished');
  return Reflect.get(catalogue, name);
};

/** The words of the current language, by noun. */
export const t = new Proxy({} as Catalogue, { get: (_, name) => section(name) });
