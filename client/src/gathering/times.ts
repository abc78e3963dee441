/** Times of a gathering as text, in venue time (C4). */
import { directionOf } from '@huddle/shared/language.ts';
import { dayOf, offsetAt } from '@huddle/shared/time.ts';
import { clockText, dateText } from '../text/format.ts';

/** A day and its clock, short: "Fri 22 May, 19:30". */
const FIELDS = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** From when to when, the day said once where it is the same. */
export const timeRange = (start: number, end: number, zone: string, language: string): string =>
  dateText(language, { ...FIELDS, timeZone: zone }, start, end);

/** One moment, with its day. */
export const dayAndTime = (at: number, zone: string, language: string): string => dateText(language, { ...FIELDS, timeZone: zone }, at);

/** Digits alone have no direction: the mark says which of two clocks comes first. */
const clockRange = (start: number, end: number, zone: string, language: string): string =>
  `${directionOf(language) === 'rtl' ? '\u200f' : ''}${clockText(start, zone)} – ${clockText(end, zone)}`;

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
