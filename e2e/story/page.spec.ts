/** A gathering's page that stays open while the gathering goes and comes. */
import { expect, test } from '../fixtures/story.ts';
import { OrganisePage } from '../model/organise-page.ts';

test('a gathering that is taken off the board and put back is whole again on a page that stayed open', async ({ story }) => {
  const olga = await story.phone({ name: 'Olga' });
  const organise = new OrganisePage(olga.page, olga.owner);
  await organise.open(olga.url, story.board.organiserKey);
  const day = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  const list = [
    'title,kinds,host,start,end,timezone,venue,address',
    `Builders dinner,meal,Harbour Club,${day}T19:00:00,${day}T22:00:00,Asia/Hong_Kong,Dai pai dong,Stanley Street`,
  ].join('\n');
  await organise.importList({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });

  const guest = await story.phone({ node: 1 });
  const dinner = await guest.board.open('Builders dinner');
  await expect(guest.page.getByText('Stanley Street')).toBeVisible();
  await organise.hide('Builders dinner');
  await expect(dinner.title).toHaveText(guest.owner.words.gathering.notFound);
  await organise.restore('Builders dinner');
  await dinner.shown('Builders dinner');
  await expect(guest.page.getByText('Stanley Street')).toBeVisible();
});

test('a draft that waits for a connection becomes the whole gathering on the page that shows it', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const demo = await (await host.board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await demo.shown('Demo hour');
  await demo.back();
  const post = await host.board.startPosting();
  await host.context.setOffline(true);
  const dinner = await post.post('Dinner at the bar in 50 min for 4');
  const { gathering, post: posting, ui } = host.owner.words;
  await host.page.getByRole('link', { name: posting.seeDraft }).click();
  await expect(host.page.getByText(gathering.draftHint)).toBeVisible();

  await host.context.setOffline(false);
  await expect(host.page.getByRole('heading', { name: gathering.youHost })).toBeVisible({ timeout: 30_000 });
  await dinner.shown('Dinner');
  await expect(host.page.getByRole('status').filter({ hasText: ui.loading })).toHaveCount(0);
});
