/** What the screens say, by language: a story in English reads it from the same catalogue as a story in 繁體中文. */
import { pages as enPages, type Pages } from '@huddle/client/src/text/en-pages.ts';
import { catalogue as en, type Catalogue } from '@huddle/client/src/text/en.ts';
import { pages as zhHansPages } from '@huddle/client/src/text/zh-Hans-pages.ts';
import { catalogue as zhHans } from '@huddle/client/src/text/zh-Hans.ts';
import { pages as zhHantPages } from '@huddle/client/src/text/zh-Hant-pages.ts';
import { catalogue as zhHant } from '@huddle/client/src/text/zh-Hant.ts';

export type Words = Catalogue & Pages;
export const WORDS = {
  en: { ...en, ...enPages },
  'zh-Hant': { ...zhHant, ...zhHantPages },
  'zh-Hans': { ...zhHans, ...zhHansPages },
} as const satisfies Record<string, Words>;
export type LanguageTag = keyof typeof WORDS;
