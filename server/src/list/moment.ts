/** Moments as lists write them. */
import { offsetAt, toEpoch } from '@huddle/shared/time.ts';

const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

const offsetMs = (text: string): number => {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

/**
 * Epoch ms of `2024-05-18T15:00[:20[.123]][Z|+02:00]`, `2024-05-18 15:00`, `18.05.2024 15:00`; a day alone is its midnight.
 * @param zone whose clocks are meant where the text names no offset
 * @returns undefined when it is none of these
 */
export const momentIn = (text: string, zone: string): number | undefined => {
  const trimmed = text.trim();
  const dotted = DOTTED.exec(trimmed);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] =
    ISO.exec(trimmed) ?? (dotted === null ? [] : [dotted[0], dotted[3], dotted[2], dotted[1], ...dotted.slice(4)]);
  if (year === undefined) return undefined;
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
  if (wall.month < 1 || wall.month > 12 || wall.day < 1 || wall.day > 31 || wall.hour > 24 || wall.minute > 59 || wall.second > 60)
    return undefined;
  const ms = Number(fraction.padEnd(3, '0'));
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  // 30 February rolls over into March: not a day that was meant.
  if (new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDate() !== wall.day) return undefined;
  return ms + (offset === undefined ? toEpoch(wall, zone) : asUtc - offsetMs(offset));
};

/** Epoch ms as `2024-05-18T15:00:00+02:00` on the clocks of the zone; with a fraction only where there is one. */
export const momentText = (ms: number, zone: string): string => {
  const offset = offsetAt(ms, zone);
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const wall = new Date(ms + offset)
    .toISOString()
    .slice(0, -1)
    .replace(/\.000$/, '');
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** Whether Intl knows the zone. */
export const isZone = (zone: string): boolean => {
  try {
    offsetAt(0, zone);
    return true;
  } catch {
    return false;
  }
};
