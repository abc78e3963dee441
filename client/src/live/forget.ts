/** What goes from a phone on which somebody signs out, besides its database: drafts and the like. How it looks stays. */
import { PREFIX, remember } from './memory.ts';

/** Of the phone, not of a person. */
const STAYS = new Set(['language', 'theme']);

/** Forgets the small things that were kept for whoever used this phone. */
export const forgetSmallThings = (): void => {
  let names: string[] = [];
  try {
    names = Object.keys(localStorage);
  } catch {
    // Storage is blocked: the page's own memory goes with the page.
  }
  for (const name of names) {
    if (name.startsWith(PREFIX) && !STAYS.has(name.slice(PREFIX.length))) remember(name.slice(PREFIX.length));
  }
};
