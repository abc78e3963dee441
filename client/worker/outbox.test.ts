import type { Ack } from '@huddle/shared/protocol.ts';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../src/live/database.ts';
import { createSender } from './outbox.ts';

/** One board with a wish that waits; `answer` is what the server says to it. Without IndexedDB the box is the test's own. */
const sender = async (answer: Ack | undefined) => {
  const { box } = openDatabase();
  await box.put({ id: 'wish', board: 'b', command: { type: 'takeSeat', gathering: 'tea' }, at: Date.now() });
  const signedOut = vi.fn(() => Promise.resolve());
  const waiting = async () => [...new Set((await box.entries('b')).map(({ board }) => board))];
  const http = () => ({ command: () => Promise.resolve(answer), session: () => Promise.resolve(true) });
  return { box, signedOut, send: createSender({ database: { box, waiting }, http, signedOut }) };
};

it('C2: what waits is sent with no page open; what got no answer is sent again when the browser comes back', async () => {
  const sent = await sender({ ok: true, rev: 1 });
  await sent.send();
  expect(await sent.box.entries('b')).toMatchObject([{ id: 'wish', answer: { ack: { ok: true, rev: 1 }, late: 'unseen' } }]);
  const away = await sender(undefined);
  await expect(away.send()).rejects.toThrow('still waits');
  expect(away.signedOut).not.toHaveBeenCalled();
});

it('X8: signed out with no page open, the phone lets go of what waits, and nothing is pushed to it any more', async () => {
  const { box, send, signedOut } = await sender({ ok: false, code: 'signedOut' });
  await send();
  expect(await box.entries('b')).toEqual([]);
  expect(signedOut).toHaveBeenCalledOnce();
});
