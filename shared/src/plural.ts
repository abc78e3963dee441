/** Words that depend on a number, and words that stand among words of another direction. */

/** One form for each plural category that a language has; `#` stands for the number. `other` serves all that are missing. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Made when it is first needed, and once: a phone that has just opened a page pays dearly for each. */
const once = <T>(make: (language: string) => T): ((language: string) => T) => {
  const made = new Map<string, T>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const fresh = make(language);
    made.set(language, fresh);
    return fresh;
  };
};
const rulesOf = once((language) => new Intl.PluralRules(language));
const numbersOf = once((language) => new Intl.NumberFormat(language));

/** Below it a number is its digits in every language that we have. */
const GROUPED = 1000;
const isPlain = (n: number): boolean => Number.isInteger(n) && n >= 0 && n < GROUPED;

/** Makes `plural(n, forms)` for a language, its digits and grouping included. */
export const pluralIn =
  (language: string): ((n: number, forms: Forms) => string) =>
  (n, forms) =>
    (forms[rulesOf(language).select(n)] ?? forms.other).replace('#', isPlain(n) ? String(n) : numbersOf(language).format(n));

/** A name, place or time within a sentence that runs from right to left: it keeps its own direction and disturbs nobody's (Unicode isolates). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
