/** Times of a gathering as text, in venue time (C4). */
import { directionOf } from '@huddle/shared/language.ts';
import { dayOf, offsetAt } from '@huddle/shared/time.ts';
import { clockText, shortDayText } from '../text/format.ts';

/** A day before its clock, as the language says it. Put together here, because the page brings its days along, but not every moment (P11). */
const before = (at: number, zone: string, language: string): string => {
  const comma = language.startsWith('ar') ? '، ' : /^(?:zh|ja|ko)/.test(language) ? ' ' : ', ';
  return shortDayText(dayOf(at, zone), language) + comma;
};

/** One moment, with its day: "Fri 22 May, 19:30". */
export const dayAndTime = (at: number, zone: string, language: string): string => before(at, zone, language) + clockText(at, zone);

/** Digits alone have no direction: the mark says which of two clocks comes first. */
const clockRange = (start: number, end: number, zone: string, language: string): string =>
  `${directionOf(language) === 'rtl' ? '\u200f' : ''}${clockText(start, zone)} – ${clockText(end, zone)}`;

/** From when to when, the day said once where it is the same. */
export const timeRange = (start: number, end: number, zone: string, language: string): string =>
  dayOf(start, zone) === dayOf(end, zone)
    ? before(start, zone, language) + clockRange(start, end, zone, language)
    : `${dayAndTime(start, zone, language)} – ${dayAndTime(end, zone, language)}`;

/**
 * The same on the phone's own clock, where that differs from venue time, with its day where that differs too; else undefined.
 * @param own the phone's distance from UTC, in ms
 */
export const ownTimeRange = (start: number, end: number, zone: string, language: string, own: number): string | undefined => {
  if (own === offsetAt(start, zone)) return undefined;
  const [from, to] = [start + own, end + own];
  const isSameDay = dayOf(from, 'UTC') === dayOf(start, zone) && dayOf(to, 'UTC') === dayOf(end, zone);
  return (isSameDay ? clockRange : timeRange)(from, to, 'UTC', language);
};

/** From when to when without the day, where all of it is today in the zone; with it else. */
export const shortRange = (start: number, end: number, now: number, zone: string, language: string): string => {
  const today = dayOf(now, zone);
  return (dayOf(start, zone) === today && dayOf(end, zone) === today ? clockRange : timeRange)(start, end, zone, language);
};
