/** X6: limits count a person, never an address: a venue has one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type TestBoard } from './deployment.ts';
import { freshId, guest, withId } from './http.ts';
import { Phone } from './phone.ts';

/** Behind one address; the long form is the crowd of `npm run bench -- door`. */
const CROWD = 300;
/** More than anyone may send at once. */
const FLOOD = 60;

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.embedded();
  board = await deployment.board();
});
afterAll(() => deployment.stop());

test(`X6: ${CROWD} phones behind one address each take a seat while one of them sends without end and is told to wait`, async () => {
  const host = await deployment.attendee(board, 'Hana');
  const id = freshId();
  accepted(await host.phone.insist(withId(gathering(id, { capacity: CROWD + 10 }))));
  const url = deployment.url();
  const phones = await Promise.all(
    Array.from({ length: CROWD }, async () => Phone.join({ url, board: board.slug, session: await guest(url) })),
  );
  const loud = await deployment.attendee(board, 'Loud');
  const flood = Array.from({ length: FLOOD }, () => loud.phone.command(withId({ type: 'setName', name: 'Louder' })));
  const seats = await Promise.all(
    phones.map(async (phone, index) => {
      accepted(await phone.command(withId({ type: 'setName', name: `Guest ${index}` })));
      return phone.command(withId({ type: 'takeSeat', gathering: id }));
    }),
  );
  expect(seats.filter((ack) => !ack.ok)).toEqual([]);
  const told = (await Promise.all(flood)).flatMap((ack) => (ack.ok ? [] : [ack]));
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter(({ code, retryAfterMs = 0 }) => code !== 'tooMany' || retryAfterMs <= 0)).toEqual([]);
  for (const phone of [...phones, loud.phone, host.phone]) phone.drop();
});
