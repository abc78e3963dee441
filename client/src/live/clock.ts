/** The server's clock, as far as a phone can tell; never the phone's own (B8). */

export interface ServerClock {
  /** Epoch ms by the server. */
  readonly now: () => number;
  /** The server said that it was this time. Not `exact`: the word was under way for a while, so that it can only be later. */
  readonly heard: (serverNow: number, exact: boolean) => void;
}

/** @param phoneNow the phone's clock, epoch ms */
export const createClock = (phoneNow: () => number): ServerClock => {
  let ahead: number | undefined;
  return {
    now: () => phoneNow() + (ahead ?? 0),
    heard: (serverNow, exact) => {
      const difference = serverNow - phoneNow();
      ahead = exact || ahead === undefined ? difference : Math.max(ahead, difference);
    },
  };
};
