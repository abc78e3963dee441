/** Who will most likely read a page, as far as it looks different for them: known before the first paint. */
import { languageFor, LANGUAGES, type Language } from '@huddle/shared/language.ts';
import { THEMES, type Theme } from '@huddle/shared/theme.ts';
import type { Request } from 'express';

export interface Reader {
  readonly language: Language;
  readonly theme: Theme;
}

/** What the reader's browser wants, by `Accept-Language` (RFC 9110 §12.5.4), whose wishes browsers send in their order. */
const wished = (header: string | undefined): Language =>
  languageFor((header ?? '').split(',').map((wish) => wish.replace(/;.*$/s, '').trim()));

/** The value of a cookie (RFC 6265 §5.4), if it is among these. */
const chosen = <T extends string>(header: string | undefined, name: string, values: readonly T[]): T | undefined =>
  values.find((value) => (header ?? '').split(';').some((pair) => pair.trim() === `${name}=${value}`));

/** What the reader chose on this phone, else what the browser wants. */
export const readerOf = ({ headers }: Pick<Request, 'headers'>): Reader => ({
  language: chosen(headers.cookie, 'huddle.language', LANGUAGES) ?? wished(headers['accept-language']),
  theme: chosen(headers.cookie, 'huddle.theme', THEMES) ?? 'auto',
});
