/** What waits in the outboxes is sent with no page open (C2): by POST, same ids, under the same lease as a page's sender. */
import { idFrom } from '../../shared/src/ids.ts';
import type { openDatabase } from '../src/live/database.ts';
import type { BoardHttp } from '../src/live/http.ts';
import { createOutbox } from '../src/live/outbox.ts';
import { openTabs } from '../src/live/tabs.ts';

export interface SenderParts {
  readonly database: Pick<ReturnType<typeof openDatabase>, 'box' | 'waiting'>;
  /** @param board its slug */
  readonly http: (board: string) => Pick<BoardHttp, 'command' | 'session'>;
  /** Whoever wished for all this is signed out. What else is kept of them is for the next page to forget. */
  readonly signedOut: () => Promise<void>;
}

/** The function it makes sends all that waits. @throws while something still does: the browser then comes back later */
export const createSender = ({ database: { box, waiting }, http, signedOut }: SenderParts): (() => Promise<void>) => {
  const drain = async (board: string, over: () => void): Promise<boolean> => {
    const { command, session } = http(board);
    // A page that sleeps in the background shows it once it is woken.
    const tabs = openTabs(board, () => undefined);
    const drained = await createOutbox({
      board,
      box,
      canSend: () => true,
      send: command,
      becomeSomebody: session,
      // A code is asked of a person: the next page does.
      join: async () => undefined,
      newId: () => idFrom(crypto.getRandomValues(new Uint8Array(12))),
      now: Date.now,
      random: Math.random,
      changed: () => undefined,
      unheard: (_entry, ack) => {
        if (!ack.ok && ack.code === 'signedOut') over();
      },
      tell: tabs.tell,
      alone: true,
    }).drain();
    tabs.close();
    return drained;
  };

  return async () => {
    const over = new Set<string>();
    const drained = await Promise.all((await waiting()).map((board) => drain(board, () => over.add(board))));
    if (over.size > 0) await signedOut();
    if (drained.includes(false)) throw new Error('something still waits to be sent');
  };
};
