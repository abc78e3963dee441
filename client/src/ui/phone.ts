/** What a screen says because of the phone it is on. A node that draws a first look has none: the page that takes over says it. */
import { MINUTE, offsetAt } from '@huddle/shared/time.ts';

/** As links begin that leave the page. */
export const origin = import.meta.env.SSR ? '' : location.origin;
export const userAgent = import.meta.env.SSR ? '' : navigator.userAgent;
/** How far the phone's own clock is ahead of UTC at that moment, in ms. Asked without Intl. @param venue whose clock a node draws */
export const ownOffset = (at: number, venue: string): number =>
  import.meta.env.SSR ? offsetAt(at, venue) : -new Date(at).getTimezoneOffset() * MINUTE;
/**
 * Whether a line that says what the phone's own clock shows is drawn for everybody, in the class `own-time`: room for it, on phones whose
 * clock differs (`index.html`), so that nothing moves once they say it.
 */
export const isRoomForOwnTime = import.meta.env.SSR;
