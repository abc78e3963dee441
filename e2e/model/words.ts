/** What the screens say, by language: a story in English reads it from the same catalogue as a story in 繁體中文. */
import { catalogue as en, type Catalogue } from '@huddle/client/src/text/en.ts';
import { catalogue as zhHans } from '@huddle/client/src/text/zh-Hans.ts';
import { catalogue as zhHant } from '@huddle/client/src/text/zh-Hant.ts';

export type Words = Catalogue;
export const WORDS = { en, 'zh-Hant': zhHant, 'zh-Hans': zhHans } as const satisfies Record<string, Words>;
export type LanguageTag = keyof typeof WORDS;
