/** What the outbox keeps (C2): commands until their outcome, and the outcomes until their person has looked. */
import type { Ack, CommandInput } from '@huddle/shared/protocol.ts';

/** What became of a command: the server's answer, or what the phone itself did with it. */
export type Outcome = Ack | { readonly ok: false; readonly code: 'withdrawn' | 'expired'; readonly field?: never };

/** A command as it is kept. */
export interface Entry {
  /** The command's own id. */
  readonly id: string;
  readonly board: string;
  readonly command: CommandInput;
  /** When it was put in, epoch ms by the phone. Sent in this order. */
  readonly at: number;
  /** It was handed to the network: it may have taken effect, whatever has been heard since. From then on it is not changed any more. */
  readonly tried?: true;
  /** It could not go out at once: by the time it is answered its person may be elsewhere. */
  readonly waited?: true;
  /** It is being changed, and not sent before that, epoch ms: a page that is closed meanwhile lets go of it. */
  readonly heldUntil?: number;
  /** Its outcome, and when it came. `late`: its person no longer waited for it, and is told until they have looked. */
  readonly answer?: { readonly ack: Outcome; readonly at: number; readonly late?: 'unseen' | 'seen' };
}

/** Where commands are kept. Never fails: without a database it lasts as long as the page. */
export interface Box {
  /** All entries of a board, oldest first. */
  readonly entries: (board: string) => Promise<readonly Entry[]>;
  readonly put: (entry: Entry) => Promise<void>;
  /** Changes what is kept, as it is kept now: no other tab comes between. `step` gives undefined to leave it; so does what it was gone. */
  readonly update: (id: string, step: (kept: Entry) => Entry | undefined) => Promise<Entry | undefined>;
  readonly remove: (id: string) => Promise<void>;
  /** Takes everything out, of every board. */
  readonly clear: () => Promise<void>;
  /** Whether this tab may send for the next `ms`: nobody else does. */
  readonly lease: (board: string, owner: string, now: number, ms: number) => Promise<boolean>;
  readonly release: (board: string, owner: string) => Promise<void>;
}
