/** What waits in the outboxes is sent with no page open (C2): by POST, same ids, under the same lease as a page's sender. */
import { idFrom } from '../../shared/src/ids.ts';
import { openDatabase } from '../src/live/database.ts';
import { boardHttp } from '../src/live/http.ts';
import { createOutbox } from '../src/live/outbox.ts';

const { box, waiting } = openDatabase();

const drain = (board: string): Promise<boolean> => {
  const http = boardHttp(board);
  return createOutbox({
    board,
    box,
    canSend: () => true,
    send: http.command,
    becomeSomebody: http.session,
    // A code is asked of a person: the next page does.
    join: async () => undefined,
    newId: () => idFrom(crypto.getRandomValues(new Uint8Array(12))),
    now: Date.now,
    random: Math.random,
    changed: () => undefined,
    unheard: () => undefined,
    alone: true,
  }).drain();
};

/** @throws while something still waits: the browser then comes back later */
export const sendWaiting = async (): Promise<void> => {
  const drained = await Promise.all((await waiting()).map(drain));
  if (drained.includes(false)) throw new Error('something still waits to be sent');
};
