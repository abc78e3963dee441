/** The other tabs of a board on this phone, and its worker: told when what they share has changed. */

export interface Tabs {
  readonly tell: () => void;
  readonly close: () => void;
}

/** Without channels, as in older browsers, the others notice when they are next looked at. */
export const openTabs = (board: string, told: () => void): Tabs => {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(`huddle.${board}`);
  channel.addEventListener('message', told);
  return { tell: () => channel.postMessage('outbox'), close: () => channel.close() };
};
