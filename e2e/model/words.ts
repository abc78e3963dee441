/** What the screens say, by language: a story in English reads it from the same catalogue as a story in 繁體中文. */
import { pages as arPages } from '@huddle/client/src/text/ar-pages.ts';
import { catalogue as ar } from '@huddle/client/src/text/ar.ts';
import { pages as esPages } from '@huddle/client/src/text/es-pages.ts';
import { catalogue as es } from '@huddle/client/src/text/es.ts';
import { pages as jaPages } from '@huddle/client/src/text/ja-pages.ts';
import { catalogue as ja } from '@huddle/client/src/text/ja.ts';
import { pages as koPages } from '@huddle/client/src/text/ko-pages.ts';
import { catalogue as ko } from '@huddle/client/src/text/ko.ts';
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
  ja: { ...ja, ...jaPages },
  ko: { ...ko, ...koPages },
  es: { ...es, ...esPages },
  ar: { ...ar, ...arPages },
} as const satisfies Record<string, Words>;
export type LanguageTag = keyof typeof WORDS;
