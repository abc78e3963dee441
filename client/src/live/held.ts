/** What a phone holds of a board, wherever it came from: the cursor, who it is, and the audiences that its pages keep open. */
import type { Audience, Change, Cursor } from '@huddle/shared/protocol.ts';

/** Why a board cannot be shown at all. */
export type Ended = 'noBoard' | 'upgrade';

/** How the board is reached now. `polling`: by HTTP every so often. */
export type LinkState = 'down' | 'resuming' | 'live' | 'storeAway' | 'polling';

export interface LinkListener {
  /** To be merged; a `whole` one replaces (N6). */
  readonly changed: (change: Change) => void;
  /** Everything up to here has been taken in. */
  readonly reached: (cursor: Cursor) => void;
  /** No longer ours to see. */
  readonly dropped: (audience: Audience) => void;
  /** Who the server says I am. */
  readonly person: (person: string | undefined) => void;
  /** `exact`: fresh from the node; else it may have been under way for a while. */
  readonly clock: (serverNow: number, exact: boolean) => void;
  /** Whether the server says that a power failure may lose commits (S4). */
  readonly relaxed: (relaxed: boolean) => void;
  readonly state: (state: LinkState) => void;
  /** The history I knew is not the server's: what was acknowledged lately may be lost (S2). */
  readonly startedOver: () => void;
  /** The session is over, here or everywhere: what this phone keeps of me goes (X8). */
  readonly signedOut: () => void;
  /** What is shown was right at this moment. */
  readonly confirmed: () => void;
  readonly ended: (why: Ended) => void;
}

export interface Held {
  cursor: Cursor | undefined;
  readonly person: string | undefined;
  readonly opened: Set<Audience>;
  /** Takes a change in, if its audience is (still) ours. */
  readonly take: (change: Change) => void;
  /** Another person than before: what that one could see goes. */
  readonly know: (person: string | undefined) => void;
}

export const createHeld = (listener: LinkListener): Held => {
  let person: string | undefined;
  const opened = new Set<Audience>();
  return {
    cursor: undefined,
    get person() {
      return person;
    },
    opened,
    take(change) {
      const { audience } = change;
      const ours = audience === 'public' || opened.has(audience) || (person !== undefined && audience === `person/${person}`);
      if (ours) listener.changed(change);
      if (change.cursor === undefined) return;
      this.cursor = change.cursor;
      listener.reached(change.cursor);
    },
    know: (me) => {
      if (person !== undefined && person !== me) listener.dropped(`person/${person}`);
      person = me;
      listener.person(me);
    },
  };
};
