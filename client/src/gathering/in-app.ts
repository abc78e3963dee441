/** Browsers inside chat apps: pages run in them, but files go nowhere, and nothing is printed. */

export interface InAppBrowser {
  /** Where a tap leads out of the app, if this one lets a page ask for that. */
  readonly wayOut: ((url: string) => string) | undefined;
}

const APPS = /MicroMessenger|\bLine\/|Telegram|Instagram|FBAN|FBAV|; wv\)/;

/** Android hands an intent to the browser of its owner's choice. */
const intent = (url: string): string => {
  const { protocol, host, pathname, search } = new URL(url);
  return `intent://${host}${pathname}${search}#Intent;scheme=${protocol.slice(0, -1)};action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end`;
};

const lineWayOut = (url: string): string => {
  const out = new URL(url);
  out.searchParams.set('openExternalBrowser', '1');
  return out.href;
};

/** The chat app whose browser this is, by its user agent; undefined for a browser that stands on its own. */
export const inAppBrowser = (userAgent: string): InAppBrowser | undefined => {
  if (!APPS.test(userAgent)) return undefined;
  if (/\bLine\//.test(userAgent)) return { wayOut: lineWayOut };
  // WeChat lets no page out of it: there is only its menu.
  return { wayOut: /Android/.test(userAgent) && !userAgent.includes('MicroMessenger') ? intent : undefined };
};
