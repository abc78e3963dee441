/** What the live half of the client offers to its screens. Screens know nothing of sockets, outbox or cache. */
import type { DetailsView } from '@huddle/shared/gathering.ts';
import type { Audience, CommandInput, View, ViewByNoun } from '@huddle/shared/protocol.ts';
import type { Outcome } from './box.ts';

/** How fresh what is shown is (badge). */
export type Standing =
  | { readonly kind: 'live' }
  | { readonly kind: 'catchingUp' }
  /** `since`: epoch ms by the server's clock of the last confirmed change; `reason` `store`: the server itself is cut off from its store. */
  | { readonly kind: 'offline'; readonly since: number; readonly reason: 'network' | 'store' };

/** A command on its way: shown as the draft it is (C1). */
export interface Pending {
  readonly id: string;
  readonly command: CommandInput;
  /**
   * `waiting`: not yet answered; `tried`: sent at least once, so that it may have taken effect. `done`: answered; stays until the views
   * have caught up.
   */
  readonly state: { readonly kind: 'waiting'; readonly tried?: boolean } | { readonly kind: 'done'; readonly rev: number };
  readonly at: number;
}

/** What became of a command that could not go out at once: on this page, in another tab, or with no page open. */
export interface Answered {
  readonly id: string;
  readonly command: CommandInput;
  readonly ack: Outcome;
  /** Its person has looked at it; a minute later it is gone. */
  readonly seen: boolean;
}

/** The board as the screens see it. All properties are reactive (Svelte runes). */
export interface LiveBoardApi {
  readonly slug: string;
  readonly standing: Standing;
  /** The operator accepts that a power failure may lose the latest changes (S4). */
  readonly relaxed: boolean;
  /** My person id; undefined until there is a session. */
  readonly person: string | undefined;
  /** The server's clock, epoch ms, ticking once every 10 s: what *looks* different with time is computed from it (B8). */
  readonly now: number;
  /** Commands not yet reflected in the views. */
  readonly pending: readonly Pending[];
  /** What became of those that waited, oldest first. */
  readonly answered: readonly Answered[];
  /** One view by id, from whichever audience holds it. */
  view<N extends keyof ViewByNoun>(noun: N, key: string): ViewByNoun[N] | undefined;
  /** All views of a noun. */
  views<N extends keyof ViewByNoun>(noun: N): readonly ViewByNoun[N][];
  /** What a gathering's page adds to its card: as it is, or as the phone keeps it of what is mine (C3). Not reactive. */
  details(gathering: string): DetailsView | undefined;
  /** Puts the command into the outbox and resolves with its outcome; survives reload (the outcome then shows through `pending`). */
  do(command: CommandInput): Promise<Outcome>;
  /** Withdraws a command that has not been answered. */
  withdraw(id: string): Promise<void>;
  /** Puts another command in the place of one that waits. false: that one has been sent meanwhile, and nothing is changed. */
  replace(id: string, command: CommandInput): Promise<boolean>;
  /** Keeps a command from being sent while it is changed; gives how to let go. undefined: it has been sent. */
  hold(id: string): Promise<(() => void) | undefined>;
  /** I have looked at what became of these. */
  seen(ids: readonly string[]): Promise<void>;
  /** On this phone I am nobody any more: what it keeps of me, and what waits to be sent, goes (X8). */
  forget(): Promise<void>;
  /** Keeps an audience open while a page needs it; returns how to let go. */
  open(audience: Audience): () => void;
}

/** The key part of a view's id: `card/abc` → `abc`. */
export const keyOf = (view: View): string => view.id.slice(view.id.indexOf('/') + 1);
