/**
 * Commands on their way (C2): kept on the phone before they are first sent, sent in order with the same id until there is an outcome, by
 * one tab at a time. State is read from the box again and again, so tabs need not talk to each other.
 */
import type { Ack, CommandInput, SentCommand } from '@huddle/shared/protocol.ts';
import { backOff } from './back-off.ts';

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
  /** Its outcome, and when it came. */
  readonly answer?: {
    readonly ack: Outcome;
    readonly at: number;
    /** It came while no page was open: the next one says it. */
    readonly unsaid?: true;
  };
}

/** Where commands are kept. Never fails: without a database it lasts as long as the page. */
export interface Box {
  /** All entries of a board, oldest first. */
  readonly entries: (board: string) => Promise<readonly Entry[]>;
  readonly put: (entry: Entry) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Takes everything out, of every board. */
  readonly clear: () => Promise<void>;
  /** Whether this tab may send for the next `ms`: nobody else does. */
  readonly lease: (board: string, owner: string, now: number, ms: number) => Promise<boolean>;
  readonly release: (board: string, owner: string) => Promise<void>;
}

export interface OutboxParts {
  readonly board: string;
  readonly box: Box;
  /** Whether there is a way to send now; {@link Outbox.wake} says when there is again. */
  readonly canSend: () => boolean;
  /** undefined: no answer. */
  readonly send: (command: SentCommand) => Promise<Ack | undefined>;
  /** Becomes somebody; false: not now. */
  readonly becomeSomebody: () => Promise<boolean>;
  /** Shows the join code that the board asks for; false: the person has none, undefined: not now. */
  readonly join: () => Promise<boolean | undefined>;
  readonly newId: () => string;
  readonly now: () => number;
  readonly random: () => number;
  /** What is kept has changed. */
  readonly changed: (entries: readonly Entry[]) => void;
  /** The outcome of a command that nobody on this page waits for: it was put in before a reload. */
  readonly unheard: (entry: Entry, ack: Outcome) => void;
  /** There is no page to hear of outcomes. */
  readonly alone?: true;
}

export interface Outbox {
  /** Shows what an earlier page left, and begins to send. */
  readonly start: () => Promise<void>;
  readonly do: (command: CommandInput) => Promise<Outcome>;
  /** Takes back what has no answer yet. What is under way may still take effect. */
  readonly withdraw: (id: string) => Promise<void>;
  /** There is a way to send. */
  readonly wake: () => void;
  /** The server lost history: what it acknowledged lately is sent again, same ids (S2). */
  readonly startedOver: () => Promise<void>;
  /** Whoever wished for all this is signed out: it ends here, on every board. */
  readonly abandon: () => Promise<void>;
  /** Sends once what waits, with no page open; false: something still waits. */
  readonly drain: () => Promise<boolean>;
  readonly stop: () => void;
}

const GIVE_UP_MS = 12 * 3_600_000;
/** How long an outcome is kept: for other tabs, and to be sent again after a fork. */
const KEEP_MS = 60_000;
/** Short, so that a page killed while it sends does not keep the next one waiting; renewed while an answer is awaited. */
const LEASE_MS = 4000;
const RENEW_MS = 1500;
const OTHER_TAB_MS = 1000;
/** A refusal that passes sooner than this is waited for; a longer one is the answer. */
const PATIENCE_MS = 15_000;
/** How many sessions that are refused all the same, as where cookies are blocked, make that the outcome. */
const SESSION_TRIES = 4;

/** How long to wait before the same command is sent again; undefined: this is its outcome. */
const waitAfter = (ack: Ack, shortest: number): number | undefined => {
  if (ack.ok || (ack.code !== 'retry' && ack.code !== 'tooMany')) return undefined;
  if (ack.code === 'tooMany' && (ack.retryAfterMs ?? 0) > PATIENCE_MS) return undefined;
  return Math.max(shortest, ack.retryAfterMs ?? 0);
};

export const createOutbox = (parts: OutboxParts): Outbox => {
  const { board, box, now, random } = parts;
  const owner = parts.newId();
  const heard = new Map<string, (ack: Outcome) => void>();
  /** Put in, but not yet in the box. */
  const storing = new Set<Entry>();
  let entries: readonly Entry[] = [];
  let failures = 0;
  let sessionTries = 0;
  let pumping = false;
  let woken = false;
  let stopped = false;
  let interrupt: (() => void) | undefined;

  const show = (next: readonly Entry[]): void => {
    entries = next;
    parts.changed(next);
  };

  /** Resolves after a time, or as soon as somebody wakes the outbox. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const tell = (entry: Entry, ack: Outcome): void => {
    const listener = heard.get(entry.id);
    heard.delete(entry.id);
    if (listener === undefined) parts.unheard(entry, ack);
    else listener(ack);
  };

  /** Reads the box: outcomes may have come in another tab, old ones go. */
  const refresh = async (): Promise<void> => {
    const before = new Map(entries.map((entry) => [entry.id, entry]));
    const kept: Entry[] = [];
    for (const entry of await box.entries(board)) {
      const { answer } = entry;
      const isUnsaid = answer?.unsaid === true && parts.alone !== true;
      if (answer !== undefined && (isUnsaid || now() - answer.at > KEEP_MS)) await box.remove(entry.id);
      else kept.push(entry);
      const old = before.get(entry.id);
      if (answer !== undefined && (isUnsaid || (old !== undefined && old.answer === undefined))) tell(entry, answer.ack);
    }
    show([...kept, ...storing]);
  };

  const finish = async (entry: Entry, ack: Outcome): Promise<number> => {
    failures = 0;
    sessionTries = 0;
    const done: Entry = { ...entry, answer: { ack, at: now(), ...(parts.alone && { unsaid: true }) } };
    await box.put(done);
    // Withdrawn meanwhile, it took effect all the same, and shows as such.
    show(entries.map((one) => (one.id === done.id ? done : one)));
    tell(done, ack);
    return 0;
  };

  const again = (): number => {
    failures += 1;
    return backOff(failures, random(), 500);
  };

  const abandon = async (): Promise<void> => {
    const waiting = entries.filter(({ answer }) => answer === undefined);
    show([]);
    await box.clear();
    for (const entry of waiting) tell(entry, { ok: false, code: 'signedOut' });
  };

  const afterRefusal = async (entry: Entry, ack: Ack): Promise<number> => {
    if (!ack.ok && ack.code === 'sessionNeeded' && sessionTries < SESSION_TRIES) {
      // No session to be had is like no answer.
      if (!(await parts.becomeSomebody())) return again();
      sessionTries += 1;
      return 0;
    }
    if (!ack.ok && ack.code === 'signedOut') {
      // What waits behind it must not be sent by the guest that this phone would become (X8).
      await abandon();
      return 0;
    }
    if (!ack.ok && ack.code === 'codeNeeded') {
      const joined = await parts.join();
      if (joined !== false) return joined === undefined ? again() : 0;
    }
    const wait = waitAfter(ack, 500);
    if (wait === undefined) return finish(entry, ack);
    return Math.max(wait, again());
  };

  /** One step; how long to wait before the next, undefined when there is nothing to do (now). */
  const step = async (): Promise<number | undefined> => {
    await refresh();
    const entry = entries.find(({ answer }) => answer === undefined);
    if (entry === undefined) return undefined;
    if (now() - entry.at > GIVE_UP_MS) return finish(entry, { ok: false, code: 'expired' });
    if (!parts.canSend()) return undefined;
    if (!(await box.lease(board, owner, now(), LEASE_MS))) return OTHER_TAB_MS;
    const renewing = setInterval(() => stopped || void box.lease(board, owner, now(), LEASE_MS), RENEW_MS);
    const ack = await parts.send({ ...entry.command, id: entry.id });
    clearInterval(renewing);
    if (ack === undefined) return again();
    return ack.ok ? finish(entry, ack) : afterRefusal(entry, ack);
  };

  const pump = async (): Promise<void> => {
    woken = true;
    interrupt?.();
    if (pumping) return;
    pumping = true;
    while (woken && !stopped) {
      woken = false;
      const wait = await step();
      if (wait === undefined) continue;
      woken = true;
      if (wait > 0) await pause(wait);
    }
    await box.release(board, owner);
    pumping = false;
    // Somebody may have called while the lease was given back.
    if (woken && !stopped) void pump();
  };

  return {
    start: async () => {
      await refresh();
      void pump();
    },
    do: async (command) => {
      const last = entries.at(-1)?.at ?? 0;
      const entry: Entry = { id: parts.newId(), board, command, at: Math.max(now(), last + 1) };
      const outcome = new Promise<Outcome>((resolve) => heard.set(entry.id, resolve));
      storing.add(entry);
      show([...entries, entry]);
      await box.put(entry);
      storing.delete(entry);
      void pump();
      return outcome;
    },
    withdraw: async (id) => {
      const entry = entries.find((one) => one.id === id);
      if (entry === undefined || entry.answer !== undefined) return;
      await box.remove(id);
      show(entries.filter((one) => one.id !== id));
      heard.get(id)?.({ ok: false, code: 'withdrawn' });
      heard.delete(id);
    },
    wake: () => {
      failures = 0;
      void pump();
    },
    startedOver: async () => {
      for (const entry of await box.entries(board)) {
        if (entry.answer?.ack.ok !== true || now() - entry.answer.at > KEEP_MS) continue;
        const { answer: _, ...again } = entry;
        // Nobody is told twice.
        heard.set(entry.id, () => undefined);
        await box.put(again);
      }
      await refresh();
      void pump();
    },
    abandon,
    drain: async () => {
      let wait = await step();
      while (wait === 0) wait = await step();
      await box.release(board, owner);
      return wait === undefined;
    },
    stop: () => {
      stopped = true;
      interrupt?.();
    },
  };
};
