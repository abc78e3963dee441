/** Times of a gathering as text, in venue time (C4). */
import { directionOf } from '@huddle/shared/language.ts';
import { dayOf } from '@huddle/shared/time.ts';
import { clocksDiffer } from '@huddle/shared/wording.ts';
import { dateFormat } from '../text/format.ts';

/** A day and its clock, short: "Fri 22 May, 19:30". */
const FIELDS = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** From when to when, the day said once where it is the same. */
export const timeRange = (start: number, end: number, zone: string, language: string): string =>
  dateFormat(language, { ...FIELDS, timeZone: zone }).formatRange(start, end);

/** One moment, with its day. */
export const dayAndTime = (at: number, zone: string, language: string): string =>
  dateFormat(language, { ...FIELDS, timeZone: zone }).format(at);

/** The same on the phone's own clock, where that differs from venue time; else undefined. */
export const ownTimeRange = (start: number, end: number, zone: string, language: string, own = ownZone()): string | undefined =>
  clocksDiffer(start, zone, own) ? timeRange(start, end, own, language) : undefined;

const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** From when to when without the day, where all of it is today in the zone; with it else. */
export const shortRange = (start: number, end: number, now: number, zone: string, language: string): string => {
  const today = dayOf(now, zone);
  if (dayOf(start, zone) !== today || dayOf(end, zone) !== today) return timeRange(start, end, zone, language);
  const format = dateFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
  // Digits alone have no direction: the mark says which of two clocks comes first.
  return `${directionOf(language) === 'rtl' ? '\u200f' : ''}${format.formatRange(start, end)}`;
};
