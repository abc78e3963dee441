/** One connection to a node, from dialling to its end; what `socket.ts` makes and `link.ts` uses. */
import type { Ack, Audience, Bye, Change, Cursor, OpenAnswer, ResumeAnswer, SentCommand, Welcome } from '@huddle/shared/protocol.ts';

/** What is heard on a line. After `lost` nothing more is. */
export interface LineEvents {
  readonly welcome: (welcome: Welcome) => void;
  readonly change: (change: Change) => void;
  readonly standing: (live: boolean) => void;
  readonly bye: (bye: Bye) => void;
  /** A sign of life, messages included. */
  readonly heard: () => void;
  readonly lost: () => void;
}

/** Questions answer undefined when the line was lost or silent too long: the outcome is unknown. */
export interface Line {
  readonly resume: (cursor: Cursor) => Promise<ResumeAnswer | undefined>;
  readonly command: (command: SentCommand) => Promise<Ack | undefined>;
  readonly open: (audience: Audience) => Promise<OpenAnswer | undefined>;
  readonly close: (audience: Audience) => void;
  /** Ends it; `lost` is not called. */
  readonly hangUp: () => void;
}

export type Dial = (events: LineEvents) => Line;
