/** The formats that lists of gatherings come in. */

export const LIST_FORMATS = ['ics', 'csv', 'json'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export const isListFormat = (word: unknown): word is ListFormat => LIST_FORMATS.some((format) => format === word);

/** What a browser is told each format is. */
export const MEDIA_TYPES: Readonly<Record<ListFormat, string>> = {
  ics: 'text/calendar; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
