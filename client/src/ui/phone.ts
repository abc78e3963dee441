/** What a screen says because of the phone it is on. A node that draws a first look has none: the page that takes over says it. */

/** As links begin that leave the page. */
export const origin = import.meta.env.SSR ? '' : location.origin;
export const userAgent = import.meta.env.SSR ? '' : navigator.userAgent;
/** Whether clocks differ is told by the phone alone. @param venue the board's time zone */
export const ownZone = (venue: string): string => (import.meta.env.SSR ? venue : new Intl.DateTimeFormat().resolvedOptions().timeZone);
