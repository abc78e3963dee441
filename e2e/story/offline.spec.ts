/** No network: what is known is shown, what is wanted waits, and goes out once. */
import { expect, test } from '../fixtures/story.ts';

test('a seat asked for offline waits on the phone, survives a reload, and is asked for once', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const hosting = await (await host.board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await hosting.shown('Demo hour');
  await (await hosting.back(), host.board.startPosting()).then((post) => post.post('Dinner at the bar in 50 min for 4'));

  const guest = await story.phone({ name: 'Gus', node: 1 });
  const first = await guest.board.open('Demo hour');
  await first.takeSeat();
  await expect(first.seat).toContainText('You are going');
  await first.back();

  await guest.context.setOffline(true);
  const dinner = await guest.board.open('Dinner');
  await dinner.takeSeat();
  await expect(dinner.seat).toContainText('Goes out once there is a connection');

  await guest.context.setOffline(false);
  await guest.page.reload();
  await expect(dinner.seat).toContainText('You are going', { timeout: 30_000 });
  await expect(host.page.getByRole('heading', { level: 1 })).toHaveText('Dinner');
  await expect(hosting.guests.getByRole('listitem')).toHaveText(['Gus']);
});
