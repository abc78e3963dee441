/** Texts of times and names by Intl. Its formatters are dear to make and cheap to use: each is made once, and none for what the page brought along. */
import type { Texts } from '@huddle/shared/first-look.ts';
import { zonedParts } from '@huddle/shared/time.ts';

const made = new Map<string, Intl.DateTimeFormat>();

const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, options);
    made.set(key, format);
  }
  return format;
};

const REMEMBERED = 5000;
/** By what they were made of. Also what the node that drew this page has said in it: a phone's first format of all takes it some 200 ms. */
const texts = new Map<string, string>();

/** Takes over texts that somebody else has made. */
export const keepTexts = (brought: Texts): void => {
  for (const [key, text] of Object.entries(brought)) texts.set(key, text);
};

/** All that were made since it was asked last: what a node notes while it draws a page. */
export const takeTexts = (): Texts => {
  const all = Object.fromEntries(texts);
  texts.clear();
  return all;
};

const remembered = (from: readonly unknown[], make: () => string): string => {
  const key = JSON.stringify(from);
  let text = texts.get(key);
  if (text === undefined) {
    if (texts.size >= REMEMBERED) texts.clear();
    texts.set(key, (text = make()));
  }
  return text;
};

/** A time, or with `until` the span between two, as the language says it. */
export const dateText = (language: string, options: Intl.DateTimeFormatOptions, at: number, until?: number): string =>
  remembered([language, options, at, until], () => {
    const format = dateFormat(language, options);
    return until === undefined ? format.format(at) : format.formatRange(at, until);
  });

/** "Thursday 23 May" of a `YYYY-MM-DD`. */
export const dayText = (day: string, language: string): string =>
  dateText(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }, Date.parse(day));

/** "Thu 23 May" of a `YYYY-MM-DD`. */
export const shortDayText = (day: string, language: string): string =>
  dateText(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }, Date.parse(day));

/** How long ago or ahead: "5 min. ago". @param value negative for what was */
export const relativeText = (language: string, value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  remembered([language, value, unit], () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(value, unit));

/** A language by its name in the reader's own, where it is a known code; else the word that was given. */
export const languageName = (code: string, language: string): string =>
  remembered([language, code], () => {
    try {
      return new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }).of(code) ?? code;
    } catch {
      return code;
    }
  });

const two = (n: number): string => String(n).padStart(2, '0');

/** "19:30" in that zone; 24 hours everywhere, as boards at venues show it, and the same in all our languages. */
export const clockText = (at: number, zone: string): string => {
  const { hour, minute } = zonedParts(at, zone);
  return `${two(hour)}:${two(minute)}`;
};
