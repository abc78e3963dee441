/**
 * Keeps one board's views right, whatever the network does: dials, resumes where it left off, starts over when told to, and where no
 * socket gets through goes around by HTTP (C7). It knows nothing of what views mean.
 */
import type { Ack, Audience, Bye, Cursor, SentCommand, Welcome } from '@huddle/shared/protocol.ts';
import { backOff } from './back-off.ts';
import { createHeld, type LinkListener, type LinkState } from './held.ts';
import type { BoardHttp } from './http.ts';
import type { Dial, Line } from './line.ts';
import { createPolling } from './polling.ts';

export interface LinkParts {
  readonly dial: Dial;
  readonly http: BoardHttp;
  readonly listener: LinkListener;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface Link {
  /** @param cursor of what is shown already */
  readonly start: (cursor: Cursor | undefined) => void;
  readonly cursor: Cursor | undefined;
  /** Whether a command sent now has a way to go. */
  readonly canSend: boolean;
  /** Whether it is connected as nobody. */
  readonly isNobody: boolean;
  /** undefined: no answer, the outcome is unknown. */
  readonly send: (command: SentCommand) => Promise<Ack | undefined>;
  /** Becomes somebody, and connects as such. false: not now. */
  readonly becomeSomebody: () => Promise<boolean>;
  /** Asks at once whether the line still stands: the page became visible, or the phone says it is online. */
  readonly probe: () => void;
  readonly open: (audience: Audience) => void;
  readonly close: (audience: Audience) => void;
  readonly stop: () => void;
}

/** A line that did not get as far as `live` within this time is given up. */
const STANDING_MS = 12_000;
/** How long a probe may stay without an answer. */
const PROBE_MS = 3000;

export const createLink = ({ dial, http, listener, random }: LinkParts): Link => {
  const held = createHeld(listener);
  let line: Line | undefined;
  let resumed = false;
  let storeLive = true;
  let state: LinkState = 'down';
  let failures = 0;
  /** How often the server said `startOver` since we last caught up, on whichever lines. */
  let forks = 0;
  let stopped = false;
  let redial: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const enter = (next: LinkState): void => {
    if (next === state || stopped) return;
    state = next;
    listener.state(next);
  };

  const polling = createPolling({
    http,
    held,
    listener: { ...listener, ended: (why) => end(why) },
    reached: (reached) => {
      if (!resumed) enter(reached ? 'polling' : 'down');
    },
  });

  const hangUp = (): void => {
    clearTimeout(watchdog);
    line?.hangUp();
    line = undefined;
    resumed = false;
    storeLive = true;
  };

  const stop = (): void => {
    stopped = true;
    hangUp();
    clearTimeout(redial);
    polling.disarm();
  };

  const end = (why: 'noBoard' | 'upgrade'): void => {
    stop();
    listener.ended(why);
  };

  const lost = (comeBackAfterMs?: number): void => {
    hangUp();
    if (stopped) return;
    if (state !== 'polling') enter('down');
    failures += 1;
    polling.arm();
    clearTimeout(redial);
    redial = setTimeout(connect, comeBackAfterMs ?? backOff(failures, random()));
  };

  const openOn = async (on: Line, audience: Audience): Promise<void> => {
    const answer = await on.open(audience);
    if (line !== on || !held.opened.has(audience) || answer === undefined) return;
    if (answer.ok) held.take(answer.change);
    else listener.dropped(audience);
  };

  const settle = (): void => {
    if (resumed) enter(storeLive ? 'live' : 'storeAway');
  };

  /** What was missed since the cursor; `startOver` as often as the server says so. false: the line is no good any more. */
  const catchUp = async (on: Line): Promise<boolean> => {
    for (;;) {
      // The snapshot came from a node that knows no more of the fork than we did.
      if (forks > 1) await new Promise((resolve) => setTimeout(resolve, backOff(forks - 1, random())));
      if (line !== on) return false;
      if (held.cursor === undefined && !(await polling.startOver())) return false;
      if (held.cursor === undefined || line !== on) return false;
      const answer = await on.resume(held.cursor);
      if (line !== on || answer === undefined) return false;
      if ('change' in answer) {
        held.take(answer.change);
        listener.confirmed();
        return true;
      }
      forks += 1;
      held.cursor = undefined;
    }
  };

  /** From a standing line to a live one. */
  const resume = async (on: Line): Promise<void> => {
    const caughtUp = await catchUp(on);
    if (line !== on) return;
    if (!caughtUp) {
      lost();
      return;
    }
    clearTimeout(watchdog);
    failures = 0;
    resumed = true;
    polling.disarm();
    if (forks > 0) listener.startedOver();
    forks = 0;
    settle();
    await Promise.all([...held.opened].map((audience) => openOn(on, audience)));
  };

  const signOut = (): void => {
    listener.signedOut();
    held.know(undefined);
  };

  const welcomed = (on: Line, { serverNow, person, views = [], signedOut, relaxed }: Welcome): void => {
    listener.clock(serverNow, true);
    listener.relaxed(relaxed === true);
    if (signedOut) signOut();
    held.know(person);
    if (person !== undefined) held.take({ audience: `person/${person}`, put: views, whole: true });
    void resume(on);
  };

  const bye = ({ code, comeBackAfterMs }: Bye): void => {
    if (code === 'signedOut') signOut();
    if (code === 'noBoard' || code === 'upgrade') end(code);
    else lost(comeBackAfterMs);
  };

  const connect = (): void => {
    if (stopped || line !== undefined) return;
    if (state !== 'polling') enter('resuming');
    // What an earlier line still says is nobody's business.
    const mine =
      <A extends unknown[]>(listen: (...heard: A) => void) =>
      (...heard: A): void => {
        if (line === made) listen(...heard);
      };
    const made: Line = dial({
      welcome: mine((welcome: Welcome) => welcomed(made, welcome)),
      change: mine(held.take.bind(held)),
      standing: mine((live: boolean) => {
        storeLive = live;
        settle();
      }),
      bye: mine(bye),
      heard: mine(() => {
        if (state === 'live') listener.confirmed();
      }),
      lost: mine(() => lost()),
    });
    line = made;
    watchdog = setTimeout(() => lost(), STANDING_MS);
  };

  const probe = async (): Promise<void> => {
    const on = line;
    if (stopped || (on !== undefined && !resumed)) return;
    if (on === undefined) {
      failures = 0;
      clearTimeout(redial);
      connect();
      return;
    }
    const patience = setTimeout(() => {
      if (line === on) lost(0);
    }, PROBE_MS);
    await resume(on);
    clearTimeout(patience);
  };

  return {
    get cursor() {
      return held.cursor;
    },
    get canSend() {
      return state === 'live' || state === 'polling';
    },
    start: (from) => {
      if (stopped) return;
      held.cursor = from;
      polling.arm();
      connect();
    },
    send: async (command) => {
      if (line !== undefined && resumed) return held.person === undefined ? { ok: false, code: 'sessionNeeded' } : line.command(command);
      if (state !== 'polling') return undefined;
      const ack = await http.command(command);
      if (ack?.ok === false && ack.code === 'signedOut') {
        // It was the wish of somebody who is signed out: it is put aside with all the others.
        signOut();
        return undefined;
      }
      if (ack?.ok === true && !resumed) polling.now();
      return ack;
    },
    get isNobody() {
      return resumed && held.person === undefined;
    },
    becomeSomebody: async () => {
      if (!(await http.session())) return false;
      if (line !== undefined && !stopped) {
        hangUp();
        connect();
      }
      return true;
    },
    probe: () => void probe(),
    open: (audience) => {
      held.opened.add(audience);
      if (line !== undefined && resumed) void openOn(line, audience);
      else if (state === 'polling') polling.now();
    },
    close: (audience) => {
      held.opened.delete(audience);
      listener.dropped(audience);
      line?.close(audience);
    },
    stop,
  };
};
