/** The languages of the house, and which one a phone speaks. The node guesses by the same rule as the client chooses. */
export const LANGUAGES = ['en', 'zh-Hant', 'zh-Hans', 'ja', 'ko', 'es', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name: a list of languages must be readable to whom it is for. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  'zh-Hant': '繁體中文',
  'zh-Hans': '简体中文',
  ja: '日本語',
  ko: '한국어',
  es: 'Español',
  ar: 'العربية',
};

/** Languages that are written from right to left, ours or spoken by a guest's text. */
const RIGHT_TO_LEFT = /^(?:ar|fa|he|ur)\b/;

export const directionOf = (language: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr');

export const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.some((language) => language === text);

/** For `Intl`: one set of digits on a screen where booths, titles and typed times have Western ones anyway. */
export const intlOf = (language: Language): string => (language === 'ar' ? 'ar-u-nu-latn' : language);

/** The first of a phone's languages (BCP 47, best first) that we have; Taiwan, Hong Kong and Macau read traditional characters. */
export const languageFor = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    if (/^zh-(?:hant\b|(?!hans\b).*\b(?:tw|hk|mo)\b)/i.test(tag)) return 'zh-Hant';
    if (/^zh\b/i.test(tag)) return 'zh-Hans';
    const [base = ''] = tag.toLowerCase().split('-');
    if (isLanguage(base)) return base;
  }
  return 'en';
};

const SCRIPTS: readonly (readonly [RegExp, Language])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Arabic}/u, 'ar'],
];

// Simplified forms that titles of gatherings are full of: one of them tells which Chinese it is.
const SIMPLIFIED = /[这来个们时国会过发说请见论谈动场员开区网电书车东还进边对题讲设业术产务创验图饭码爱链币与]/u;

/** In which of our languages a text most likely is, by its script; undefined for Latin and what we do not have. */
export const languageOfText = (text: string): Language | undefined => {
  const found = SCRIPTS.find(([script]) => script.test(text));
  if (found !== undefined) return found[1];
  if (!/\p{Script=Han}/u.test(text)) return undefined;
  return SIMPLIFIED.test(text) ? 'zh-Hans' : 'zh-Hant';
};

const isChinese = (language: string | undefined): boolean => language?.startsWith('zh') ?? false;

/** Whether that reader is better served by the second language of a text than by its first: it is theirs, or the other Chinese where there is none. */
export const prefersSecond = (reader: Language, original: string, second: Language): boolean =>
  second === reader || (isChinese(second) && isChinese(reader) && !isChinese(languageOfText(original)));
