/** Words that depend on a number. */

/** One form for each plural category that a language has; `#` stands for the number. `other` serves all that are missing. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Makes `plural(n, forms)` for a language, its digits and grouping included. */
export const pluralIn = (language: string): ((n: number, forms: Forms) => string) => {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (n, forms) => (forms[rules.select(n)] ?? forms.other).replace('#', numbers.format(n));
};
