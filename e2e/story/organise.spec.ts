/** Who runs the board: brings in a list, tells everybody, takes something down. */
import { expect, test } from '../fixtures/story.ts';
import { OrganisePage } from '../model/organise-page.ts';

/** A list as other programs export it, on the board's second day. */
const list = (): string => {
  const day = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  return [
    'title,kinds,host,start,end,timezone,venue,address,capacity,tags',
    `Opening talk,talk,Harbour Club,${day}T10:00:00,${day}T11:00:00,Asia/Hong_Kong,Main hall,,400,"zk, rust"`,
    `Builders dinner,meal,Harbour Club,${day}T19:00:00,${day}T22:00:00,Asia/Hong_Kong,Dai pai dong,Stanley Street,40,food`,
    `Buy my token,party,Nobody,${day}T20:00:00,${day}T21:00:00,Asia/Hong_Kong,Somewhere,,,`,
  ].join('\n');
};

test('an organiser uploads a list, tells everybody, and takes a gathering off the board', async ({ story }) => {
  const guest = await story.phone({ node: 1 });
  const phone = await story.phone({ name: 'Olga' });
  const organise = new OrganisePage(phone.page, phone.owner);
  await organise.open(phone.url, story.board.organiserKey);
  expect(phone.page.url()).not.toContain(story.board.organiserKey);

  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list()) };
  await expect(await organise.importList(file)).toContainText('3 new');
  await expect(guest.board.card('Opening talk')).toContainText('Main hall');
  await expect(guest.board.card('Buy my token')).toBeVisible();
  await expect(await organise.importList(file)).toContainText('3 as before');

  // On its own page, drawn by the node and alive part by part, nothing asks for what is no more.
  const there = await guest.context.newPage();
  const errors: string[] = [];
  there.on('pageerror', (error) => errors.push(String(error)));
  await there.goto(new URL((await guest.board.card('Buy my token').getAttribute('href')) ?? '', guest.url).href);
  await expect(there.getByRole('heading', { name: 'Buy my token' })).toBeVisible();
  await organise.hide('Buy my token');
  await expect(there.getByRole('heading', { name: guest.owner.words.gathering.notFound })).toBeVisible();
  expect(errors).toEqual([]);
  await expect(guest.board.card('Buy my token')).toHaveCount(0);
  await expect(guest.board.card('Builders dinner')).toBeVisible();

  await organise.announce('The lift is out of order: use the stairs.');
  await expect(guest.page.getByText('The lift is out of order: use the stairs.')).toBeVisible();
});

test('an organiser bans somebody, whose seat goes to whoever waits for it, on the other node', async ({ story }) => {
  const mo = await story.phone({ name: 'Mo' });
  await (await (await mo.board.startPosting()).post('Buy my token in 10 min')).shown('Buy my token');
  const hana = await story.phone({ name: 'Hana' });
  await (await (await hana.board.startPosting()).post('Pairing table for 1 in 10 min')).shown('Pairing table');
  await mo.page.goto(mo.url);
  const seat = await mo.board.open('Pairing table');
  await seat.takeSeat();
  await expect(seat.seat).toContainText('You are going');
  const bo = await story.phone({ node: 1, name: 'Bo' });
  const waiting = await bo.board.open('Pairing table');
  await waiting.joinWaitlist();
  await expect(waiting.seat).toContainText('You are no. 1 on the waitlist');

  const phone = await story.phone({ name: 'Olga' });
  const organise = new OrganisePage(phone.page, phone.owner);
  await organise.open(phone.url, story.board.organiserKey);
  await organise.ban('Buy my token', 'Mo');
  await expect(waiting.seat).toContainText('You’re in! A seat became free.');
  await expect(seat.seat).toContainText('An organiser has ended your part in this board');
});
