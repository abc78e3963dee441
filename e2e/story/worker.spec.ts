/** With the service worker, as on https: what was seen once opens without a network. */
import { expect, test } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';

test.use({ serviceWorkers: 'allow' });

test('any page opens offline from the last board, says how old it is, and is live again by itself', async ({ story }) => {
  const { page, context, board, owner, url } = await story.phone({ name: 'Hana' });
  const demo = await (await board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await demo.shown('Demo hour');
  // It is on the board, and no draft any more.
  await expect(demo.guests).toBeVisible();
  const deep = page.url();
  await page.evaluate(async () => navigator.serviceWorker.ready);

  await context.setOffline(true);
  await page.goto(deep);
  await new GatheringPage(page, owner).shown('Demo hour');
  await page.goto(url);
  await expect(board.card('Demo hour')).toBeVisible();
  await expect(board.offline).toBeVisible();

  await context.setOffline(false);
  await expect(board.live).toBeVisible({ timeout: 30_000 });
});
