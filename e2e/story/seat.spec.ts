/** Seats: taken, contested, given back. */
import { expect, test } from '../fixtures/story.ts';

test('the last seat is contested: one is in, one is first on the waitlist, and in as soon as it is given back', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const post = await host.board.startPosting();
  await (await post.post('Pairing table for 1 in 10 min')).shown('Pairing table');

  const phones = [await story.phone({ node: 0, name: 'Ada' }), await story.phone({ node: 1, name: 'Bo' })];
  const pages = await Promise.all(phones.map(({ board }) => board.open('Pairing table')));
  await Promise.all(pages.map((page) => page.takeSeat()));

  const said = async (): Promise<string[]> =>
    (await Promise.all(pages.map(async (page) => (await page.seat.textContent()) ?? ''))).map((text) => text.trim()).sort();
  await expect.poll(said).toEqual(['You are going', 'You are no. 1 on the waitlist']);

  const isIn = (await pages[0]!.seat.textContent())?.includes('going') === true;
  const [going, waiting] = isIn ? [pages[0]!, pages[1]!] : [pages[1]!, pages[0]!];
  await expect(going.guests).toContainText(isIn ? 'Ada' : 'Bo');
  await going.giveBack();
  await expect(waiting.seat).toContainText('You’re in! A seat became free.');
  await expect(waiting.guests).toContainText(isIn ? 'Bo' : 'Ada');
  await expect(going.seat).not.toContainText('You are going');
});
