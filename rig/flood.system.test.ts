/** X3, N5: what a hostile phone may send, and that others do not notice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type TestBoard } from './deployment.ts';
import { freshId, withId } from './http.ts';
import { Phone } from './phone.ts';

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.embedded();
  board = await deployment.board();
});
afterAll(() => deployment.stop());

test('X3: a command nested deeper than anyone can write it out is refused, and the node lives on', async () => {
  const guest = await deployment.attendee(board, 'Nest');
  guest.phone.raw(`42990["command",{"id":"${freshId()}","type":"takeSeat","gathering":${'['.repeat(8000)}${']'.repeat(8000)}}]`);
  accepted(await guest.phone.command(withId({ type: 'setName', name: 'Still here' })));
});

test('N5: whoever asks without end is hung up on, and others are served', async () => {
  const host = await deployment.attendee(board, 'Hana');
  const id = freshId();
  accepted(await host.phone.command(withId(gathering(id))));
  const flood = await Phone.join({ url: deployment.url(0), board: board.slug });
  flood.stopReading();
  for (let ask = 0; ask < 400; ask += 1) flood.raw(`42${String(ask)}["open",{"audience":"gathering/${id}"}]`);
  flood.readAgain();
  await flood.until((phone) => !phone.connected);
  accepted(await host.phone.command(withId({ type: 'closeDoor', gathering: id, closed: true })));
  expect(host.phone.connected).toBe(true);
});
