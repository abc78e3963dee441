/** The languages of the house, and which one a phone speaks. */
export const LANGUAGES = ['en', 'zh-Hant', 'zh-Hans'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name: a list of languages must be readable to whom it is for. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文' };

/** Scripts that are written from right to left; none of ours yet, so that adding one needs nothing but its file. */
const RIGHT_TO_LEFT = /^(?:ar|fa|he|ur)\b/;

export const directionOf = (language: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr');

export const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.some((language) => language === text);

/** The first of a phone's languages (BCP 47, best first) that we have; Taiwan, Hong Kong and Macau read traditional characters. */
export const languageFor = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    if (/^zh-(?:hant\b|(?!hans\b).*\b(?:tw|hk|mo)\b)/i.test(tag)) return 'zh-Hant';
    if (/^zh\b/i.test(tag)) return 'zh-Hans';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
};
