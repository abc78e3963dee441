/** The way around where no socket gets through: the same views by HTTP, every so often (C7). */
import { snapshotChange } from '@huddle/shared/protocol.ts';
import type { Held, LinkListener } from './held.ts';
import type { BoardHttp, SnapshotAnswer } from './http.ts';

/** No socket for this long: ask by HTTP, this often. */
const FALLBACK_MS = 10_000;
const POLL_MS = 15_000;
/** A snapshot may be a second old (N6): after something was sent it is asked for once more. */
const SOON_MS = 1500;

export interface PollingParts {
  readonly http: BoardHttp;
  readonly held: Held;
  readonly listener: LinkListener;
  /** HTTP answers, or does not, while there is no socket. */
  readonly reached: (reached: boolean) => void;
}

export interface Polling {
  /** The snapshot in place of everything public; false: not now. */
  readonly startOver: () => Promise<boolean>;
  /** There is no socket: from some time on, ask. */
  readonly arm: () => void;
  /** There is one. */
  readonly disarm: () => void;
  /** Asks at once: something was sent. */
  readonly now: () => void;
}

export const createPolling = ({ http, held, listener, reached }: PollingParts): Polling => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts up when a socket takes over: what was asked before is stale then. */
  let round = 0;
  /** Of the last snapshot that was taken in: one that was fetched and then put aside is asked for again. */
  let etag: string | undefined;

  const takeSnapshot = (answer: SnapshotAnswer): void => {
    if (answer.kind === 'noBoard') listener.ended('noBoard');
    if (answer.kind !== 'snapshot') return;
    ({ etag } = answer);
    listener.clock(answer.snapshot.serverNow, false);
    held.take(snapshotChange(answer.snapshot));
  };

  /** What the snapshot does not say: what is mine, and the pages that are open. */
  const rest = async (): Promise<(() => void)[]> => {
    const me = await http.me();
    const takes = [
      () => {
        if (me === undefined) return;
        if (me === 'signedOut') listener.signedOut();
        if (me === 'signedOut' || me === 'nobody') {
          held.know(undefined);
          return;
        }
        held.know(me.person);
        held.take({ audience: `person/${me.person}`, put: me.views, whole: true });
      },
    ];
    for (const audience of held.opened) {
      const put = audience.startsWith('gathering/') ? await http.gathering(audience.slice('gathering/'.length)) : undefined;
      if (put !== undefined) takes.push(() => held.take({ audience, put, whole: true }));
    }
    return takes;
  };

  const poll = async (nextInMs = POLL_MS): Promise<void> => {
    const mine = (round += 1);
    const answer = await http.snapshot(etag);
    const takes = answer.kind === 'away' || answer.kind === 'noBoard' ? [] : await rest();
    if (mine !== round) return;
    // The public cursor last: it says that everything up to it is here, lest a pending command vanish before its effect shows (C1).
    for (const take of takes) take();
    takeSnapshot(answer);
    reached(answer.kind !== 'away');
    if (answer.kind !== 'away') listener.confirmed();
    timer = setTimeout(() => void poll(), nextInMs);
  };

  return {
    startOver: async () => {
      const answer = await http.snapshot();
      takeSnapshot(answer);
      return answer.kind === 'snapshot';
    },
    arm: () => {
      timer ??= setTimeout(() => void poll(), FALLBACK_MS);
    },
    disarm: () => {
      round += 1;
      clearTimeout(timer);
      timer = undefined;
    },
    now: () => {
      clearTimeout(timer);
      void poll(SOON_MS);
    },
  };
};
