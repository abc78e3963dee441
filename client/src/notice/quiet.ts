/** Quiet hours as a person writes them. */
import type { QuietHours } from '@huddle/shared/push.ts';

/** What is proposed: from ten in the evening to seven. */
export const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60 };

/** A minute of the day as a time field has it: `22:00`. */
export const clockOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The minute of the day that a time field holds; midnight where it is empty. */
export const minuteOf = (clock: string): number => {
  const [, hours = '0', minutes = '0'] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  return Number(hours) * 60 + Number(minutes);
};
