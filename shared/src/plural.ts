/** Words that depend on a number, and words that stand among words of another direction. */

/** One form for each plural category that a language has; `#` stands for the number. `other` serves all that are missing. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Makes `plural(n, forms)` for a language, its digits and grouping included. */
export const pluralIn = (language: string): ((n: number, forms: Forms) => string) => {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (n, forms) => (forms[rules.select(n)] ?? forms.other).replace('#', numbers.format(n));
};

/** A name, place or time within a sentence that runs from right to left: it keeps its own direction and disturbs nobody's (Unicode isolates). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
