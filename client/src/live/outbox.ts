/**
 * Commands on their way (C2): kept on the phone before they are first sent, sent in order with the same id until there is an outcome, by
 * one tab at a time. State is read from the box again and again, so tabs need not talk to each other; if they do, they see it sooner.
 */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { Box, Entry, Outcome } from './box.ts';
import { createDelivery, type DeliveryParts } from './delivery.ts';

export interface OutboxParts extends DeliveryParts {
  readonly board: string;
  readonly box: Box;
  /** Whether there is a way to send now; {@link Outbox.wake} says when there is again. */
  readonly canSend: () => boolean;
  readonly newId: () => string;
  readonly now: () => number;
  /** What is kept has changed. */
  readonly changed: (entries: readonly Entry[]) => void;
  /** The outcome of a command that nobody on this page waits for: it was put in before a reload, or by another tab. */
  readonly unheard: (entry: Entry, ack: Outcome) => void;
  /** Tells other tabs that what is kept has changed. */
  readonly tell: () => void;
  /** There is no page to hear of outcomes. */
  readonly alone?: true;
}

export interface Outbox {
  /** Shows what an earlier page left, and begins to send. */
  readonly start: () => Promise<void>;
  readonly do: (command: CommandInput) => Promise<Outcome>;
  /** Takes back what has no answer yet. What is under way may still take effect. */
  readonly withdraw: (id: string) => Promise<void>;
  /** Another wish in the place of one that waits. false: that one has been sent meanwhile, and nothing is changed. */
  readonly replace: (id: string, command: CommandInput) => Promise<boolean>;
  /** Does not send it while it is being changed; gives how to let go. undefined: it has been sent. */
  readonly hold: (id: string) => Promise<(() => void) | undefined>;
  /** Their person has looked at what became of these. */
  readonly seen: (ids: readonly string[]) => Promise<void>;
  /** There is a way to send. */
  readonly wake: () => void;
  /** Another tab, or the worker, may have changed what is kept. */
  readonly look: () => void;
  /** The server lost history: what it acknowledged lately is sent again, same ids (S2). */
  readonly startedOver: () => Promise<void>;
  /** Whoever wished for all this is signed out: it ends here, on every board. */
  readonly abandon: () => Promise<void>;
  /** Sends once what waits, with no page open; false: something still waits. */
  readonly drain: () => Promise<boolean>;
  readonly stop: () => void;
}

const GIVE_UP_MS = 12 * 3_600_000;
/** How long an outcome is kept at least: for other tabs, and to be sent again after a fork. */
const KEEP_MS = 60_000;
/** Short, so that a page killed while it sends does not keep the next one waiting; renewed while an answer is awaited. */
const LEASE_MS = 4000;
const RENEW_MS = 1500;
const OTHER_TAB_MS = 1000;
/** Longer than the minute by which browsers slow down the timers of pages out of sight; renewed while it is being changed. */
const HOLD_MS = 90_000;

export const createOutbox = (parts: OutboxParts): Outbox => {
  const { board, box, now, tell } = parts;
  const owner = parts.newId();
  const delivery = createDelivery(parts);
  const heard = new Map<string, (ack: Outcome) => void>();
  /** Put in, but not yet in the box. */
  const storing = new Set<Entry>();
  let entries: readonly Entry[] = [];
  let pumping = false;
  let woken = false;
  let stopped = false;
  let interrupt: (() => void) | undefined;

  const show = (next: readonly Entry[]): void => {
    entries = next;
    parts.changed(next);
  };
  const showOne = (changed: Entry): void => show(entries.map((one) => (one.id === changed.id ? changed : one)));

  /** Resolves after a time, or as soon as somebody wakes the outbox. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** false: nobody on this page waits for it. */
  const answer = (id: string, ack: Outcome): boolean => {
    const listener = heard.get(id);
    heard.delete(id);
    listener?.(ack);
    return listener !== undefined;
  };

  const isHeld = ({ heldUntil = 0 }: Entry): boolean => heldUntil > now();
  const isUnsent = ({ tried, answer: ended }: Entry): boolean => tried === undefined && ended === undefined;
  const isForgotten = ({ answer: ended }: Entry): boolean =>
    ended !== undefined && now() - ended.at > (ended.late === 'unseen' ? GIVE_UP_MS : KEEP_MS);

  /** What was wished here a moment ago is no news here, though the worker or another tab, which did not wait for it, was faster. */
  const hear = async (entry: Entry): Promise<Entry> => {
    if (entry.answer === undefined || !answer(entry.id, entry.answer.ack)) return entry;
    if (entry.waited === true || entry.answer.late === undefined) return entry;
    const { ack, at } = entry.answer;
    return (await box.update(entry.id, (kept) => ({ ...kept, answer: { ack, at } }))) ?? entry;
  };

  /** Reads the box: outcomes may have come in another tab, old ones go. */
  const refresh = async (): Promise<void> => {
    const kept: Entry[] = [];
    for (const found of await box.entries(board)) {
      const entry = await hear(found);
      if (isForgotten(entry)) await box.remove(entry.id);
      else kept.push(entry);
    }
    const ids = new Set(kept.map(({ id }) => id));
    show([...kept, ...[...storing].filter(({ id }) => !ids.has(id))]);
  };

  const finish = async (entry: Entry, ack: Outcome): Promise<number> => {
    const isLate = entry.waited ?? parts.alone ?? !heard.has(entry.id);
    const done: Entry = { ...entry, answer: { ack, at: now(), ...(isLate ? { late: 'unseen' } : {}) } };
    await box.put(done);
    tell();
    // Withdrawn meanwhile, it took effect all the same, and shows as such.
    showOne(done);
    if (!answer(done.id, ack)) parts.unheard(done, ack);
    return 0;
  };

  const abandon = async (): Promise<void> => {
    const waiting = entries.filter((entry) => entry.answer === undefined);
    show([]);
    await box.clear();
    tell();
    const ack: Outcome = { ok: false, code: 'signedOut' };
    for (const entry of waiting) if (!answer(entry.id, ack)) parts.unheard(entry, ack);
  };

  /** Says in the box that it is sent from now on; undefined: another tab has taken it back, holds it, or has had its answer. */
  const claim = ({ id }: Entry): Promise<Entry | undefined> =>
    box.update(id, (kept) => (kept.answer !== undefined || isHeld(kept) ? undefined : { ...kept, tried: true }));

  /** One step; how long to wait before the next, undefined when there is nothing to do (now). */
  const step = async (): Promise<number | undefined> => {
    await refresh();
    const waiting = entries.filter((entry) => entry.answer === undefined && !storing.has(entry));
    const next = waiting.find((entry) => !isHeld(entry));
    if (next === undefined) return waiting.length === 0 ? undefined : OTHER_TAB_MS;
    if (now() - next.at > GIVE_UP_MS) return finish(next, { ok: false, code: 'expired' });
    if (!parts.canSend()) return undefined;
    if (!(await box.lease(board, owner, now(), LEASE_MS))) return OTHER_TAB_MS;
    const entry = await claim(next);
    if (entry === undefined) return OTHER_TAB_MS;
    showOne(entry);
    const renewing = setInterval(() => stopped || void box.lease(board, owner, now(), LEASE_MS), RENEW_MS);
    const ack = await delivery.deliver({ ...entry.command, id: entry.id });
    clearInterval(renewing);
    if ('againAfterMs' in ack) {
      if (ack.againAfterMs > 0) await box.update(entry.id, (kept) => (kept.answer === undefined ? { ...kept, waited: true } : undefined));
      return ack.againAfterMs;
    }
    // What waits behind it must not be sent by the guest that this phone would become (X8).
    if (!ack.ok && ack.code === 'signedOut') return abandon().then(() => 0);
    return finish(entry, ack);
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

  /** What this page has changed is seen everywhere, and may call for sending. */
  const spread = (): void => {
    tell();
    void pump();
  };

  return {
    start: async () => {
      await refresh();
      void pump();
    },
    do: async (command) => {
      const last = entries.at(-1)?.at ?? 0;
      const entry: Entry = {
        ...{ id: parts.newId(), board, command, at: Math.max(now(), last + 1) },
        ...(parts.canSend() ? {} : { waited: true }),
      };
      const outcome = new Promise<Outcome>((resolve) => heard.set(entry.id, resolve));
      storing.add(entry);
      show([...entries, entry]);
      await box.put(entry);
      storing.delete(entry);
      spread();
      return outcome;
    },
    withdraw: async (id) => {
      if (entries.find((one) => one.id === id)?.answer !== undefined) return;
      show(entries.filter((one) => one.id !== id));
      await box.remove(id);
      answer(id, { ok: false, code: 'withdrawn' });
      spread();
    },
    replace: async (id, command) => {
      const changed = await box.update(id, ({ heldUntil: _, ...kept }) => (isUnsent(kept) ? { ...kept, command } : undefined));
      if (changed === undefined) return false;
      showOne(changed);
      spread();
      return true;
    },
    hold: async (id) => {
      const hold = (): Promise<Entry | undefined> =>
        box.update(id, (kept) => (isUnsent(kept) ? { ...kept, heldUntil: now() + HOLD_MS } : undefined));
      if ((await hold()) === undefined) return undefined;
      const renewing = setInterval(() => void hold(), HOLD_MS / 4);
      return () => {
        clearInterval(renewing);
        void box.update(id, ({ heldUntil: _, ...kept }) => kept).then(spread);
      };
    },
    seen: async (ids) => {
      for (const id of ids) {
        await box.update(id, (kept) => kept.answer && { ...kept, answer: { ...kept.answer, late: 'seen' } });
      }
      spread();
    },
    wake: () => {
      delivery.wake();
      void pump();
    },
    look: () => void pump(),
    startedOver: async () => {
      for (const { answer: ended, waited: _, ...again } of await box.entries(board)) {
        if (ended === undefined) continue;
        // Older than what is sent again, it may be lost without a trace: nothing is said of it any more.
        if (now() - ended.at > KEEP_MS) await box.remove(again.id);
        else if (ended.ack.ok) {
          // Nobody is told twice.
          heard.set(again.id, () => undefined);
          await box.put(ended.late === 'unseen' ? { ...again, waited: true } : again);
        }
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
