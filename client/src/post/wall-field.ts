/** Times in form fields: `<input type="datetime-local">` shows venue time (C4), records hold epoch ms. */
import { toEpoch, zonedParts } from '@huddle/shared/time.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** The moment as the field wants it: `YYYY-MM-DDTHH:mm` in the zone. */
export const toWallField = (ms: number, zone: string): string => {
  const { year, month, day, hour, minute } = zonedParts(ms, zone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
};

/** What the field holds as epoch ms; undefined while it is empty or half filled. */
export const fromWallField = (text: string, zone: string): number | undefined => {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = found.slice(1).map(Number);
  return toEpoch({ year, month, day, hour, minute }, zone);
};
